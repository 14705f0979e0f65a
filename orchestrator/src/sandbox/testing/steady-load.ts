import { Agent, type ClientRequest, get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What became of the requests: answers by status (and cause), errors by code. */
export type Outcomes = Readonly<Record<string, number>>;

/**
 * Sends requests at an even rate until it is stopped. As every HTTP client does (k6 too), it sends a request
 * again on a fresh connection when the idle one that it took for it turned out to be closed.
 */
export function steadyLoad(url: string, ratePerSecond: number) {
  const agent = new Agent({ keepAlive: true });
  const outcomes: Record<string, number> = {};
  const count = (outcome: string) => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };
  const pending = new Set<Promise<void>>();
  const send = () => {
    const request = answer(url, agent).then(
      (outcome) => count(outcome),
      (error: NodeJS.ErrnoException) => count(error.code ?? error.message),
    );
    pending.add(request);
    void request.finally(() => pending.delete(request));
  };
  const timer = setInterval(send, 1_000 / ratePerSecond);
  return {
    /** Stops, waits for the answers that are due, and tells all that happened. */
    async stop(): Promise<Outcomes> {
      clearInterval(timer);
      await Promise.race([Promise.all(pending), wait(10_000)]);
      agent.destroy();
      return outcomes;
    },
  };
}

function answer(url: string, agent: Agent | false): Promise<string> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { agent }, (response: IncomingMessage) => {
      const cause = response.headers['x-failure-cause'];
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        resolve(`${response.statusCode}${cause === undefined ? '' : ` ${cause}`}`),
      );
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const closedWhileIdle = request.reusedSocket && error.code === 'ECONNRESET';
      if (closedWhileIdle) answer(url, false).then(resolve, reject);
      else reject(error);
    });
  });
}
