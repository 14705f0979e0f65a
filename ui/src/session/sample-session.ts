import type { WorkerPort } from './worker-channel.ts';
import type { FromWorker } from './worker-protocol.ts';

type Listener = (event: never) => void;

/** A worker port in this thread; `handle` answers what is posted to it, later, as a worker would. */
export function createSamplePort(handle: (message: unknown) => void) {
  const listeners = new Map<string, Listener[]>();
  let terminated = false;
  const emit = (type: string, event: object): void => {
    for (const listener of listeners.get(type) ?? []) listener(event as never);
  };
  const port = {
    postMessage(message: unknown) {
      if (!terminated) queueMicrotask(() => handle(structuredClone(message)));
    },
    terminate() {
      terminated = true;
    },
    addEventListener(type: string, listener: Listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
  } as unknown as WorkerPort;
  return {
    port,
    /** What the worker says. */
    say(message: FromWorker): void {
      if (!terminated) emit('message', { data: structuredClone(message) });
    },
    /** The worker's script throws or cannot be loaded. */
    crash(message: string): void {
      emit('error', { message, preventDefault() {} });
    },
    get terminated(): boolean {
      return terminated;
    },
  };
}

/** Storage in memory; `isFull` makes every write fail as a full quota does. */
export function createSampleStorage(isFull = false): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem(key, value) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}
