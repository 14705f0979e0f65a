import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Clock, sleep } from '../clock.ts';
import type { Labels, RuntimeEvent } from './container-runtime.ts';
import type { DockerConnection } from './docker-connection.ts';
import { labelFilter } from './docker-settings.ts';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;
/** Health checks make many other events, which the engine need not send. */
const ACTIONS = ['start', 'die', 'oom', 'destroy', 'health_status'];

/** Follows the engine's events until it is disposed of, opening the stream anew with growing pauses. */
export class EventWatch implements AsyncDisposable {
  readonly #end = new AbortController();
  readonly #done: Promise<void>;

  constructor(
    connection: DockerConnection,
    clock: Clock,
    labels: Labels,
    listener: (event: RuntimeEvent) => void,
  ) {
    this.#done = follow(connection, clock, labels, listener, this.#end.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#done;
  }
}

async function follow(
  connection: DockerConnection,
  clock: Clock,
  labels: Labels,
  listener: (event: RuntimeEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  // Apart from the stream, so that a listener's own failure is not taken for the engine's.
  const tell = (event: RuntimeEvent) =>
    queueMicrotask(() => {
      if (!signal.aborted) listener(event);
    });
  // What happens between the call and the stream's beginning is asked for too.
  let since: number | undefined = clock.now() / 1_000;
  let lost = false;
  let delayMs = FIRST_DELAY_MS;
  while (!signal.aborted) {
    try {
      const stream = await openEvents(connection, labels, since, signal);
      since = undefined;
      delayMs = FIRST_DELAY_MS;
      if (lost) tell({ type: 'regained' });
      lost = false;
      await tellLines(stream, tell);
    } catch {
      // A stream that cannot be opened or that breaks is told as lost, and tried again.
    }
    if (signal.aborted) return;
    if (!lost) tell({ type: 'lost' });
    lost = true;
    await sleep(clock, delayMs, signal);
    delayMs = Math.min(2 * delayMs, LONGEST_DELAY_MS);
  }
}

function openEvents(
  connection: DockerConnection,
  labels: Labels,
  since: number | undefined,
  signal: AbortSignal,
): Promise<Readable> {
  const filters = { type: ['container' as const], event: ACTIONS, label: labelFilter(labels) };
  return connection.open(
    'the events of containers',
    (docker) => docker.getEvents({ filters, ...(since === undefined ? {} : { since }) }),
    signal,
  );
}

/** Ends with the stream; rejects when it breaks or says what cannot be read. */
async function tellLines(stream: Readable, tell: (event: RuntimeEvent) => void): Promise<void> {
  const broken = new Promise<never>((_, reject) => stream.once('error', reject));
  const lines = createInterface({ input: stream });
  const told = async () => {
    for await (const line of lines) {
      const event = line === '' ? null : readEvent(JSON.parse(line));
      if (event !== null) tell(event);
    }
  };
  try {
    await Promise.race([told(), broken]);
  } finally {
    lines.close();
    stream.destroy();
  }
}

interface EngineEvent {
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: { readonly exitCode?: string } };
}

function readEvent({ Action, Actor }: EngineEvent): RuntimeEvent | null {
  const id = Actor?.ID ?? '';
  switch (Action) {
    case 'start':
      return { type: 'started', id };
    case 'die':
      return { type: 'ended', id, exitCode: Number(Actor?.Attributes?.exitCode ?? -1) };
    case 'oom':
      return { type: 'out-of-memory', id };
    case 'destroy':
      return { type: 'removed', id };
    case 'health_status: healthy':
      return { type: 'healthy', id };
    case 'health_status: unhealthy':
      return { type: 'unhealthy', id };
    default:
      return null;
  }
}
