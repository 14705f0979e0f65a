import { Agent } from 'node:http';
import { type Answer, sendRequest } from './send-request.ts';

/** What became of the requests: answers by status and cause, errors by code. */
export type Outcomes = Readonly<Record<string, number>>;

/** Sends requests to the addresses by turns, at an even rate, until it is stopped. */
export function steadyLoad(urls: readonly string[], ratePerSecond: number) {
  const agent = new Agent({ keepAlive: true });
  const outcomes: Record<string, number> = {};
  const pending: Promise<void>[] = [];
  const count = (outcome: string) => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };
  const timer = setInterval(() => {
    const url = urls[pending.length % urls.length] as string;
    pending.push(
      sendRequest(url, agent).then(
        (answer) => count(outcomeOf(answer)),
        (error: NodeJS.ErrnoException) => count(error.code ?? error.message),
      ),
    );
  }, 1_000 / ratePerSecond);
  return {
    /** Stops, waits for the answers that are due, and tells all that happened. */
    async stop(): Promise<Outcomes> {
      clearInterval(timer);
      await Promise.all(pending);
      agent.destroy();
      return outcomes;
    },
  };
}

const outcomeOf = ({ status, cause, node }: Answer) =>
  [status, cause, node].filter((part) => part !== undefined).join(' ');
