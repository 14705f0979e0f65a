import type { Frame } from '@project-devops/simulation/protocol';
import type { Call, CallName, FromWorker, Input, Output } from './worker-protocol.ts';

/** The part of a Worker that a channel uses. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

interface Waiting {
  resolve(output: never): void;
  reject(error: Error): void;
}

interface Listeners {
  frame(frame: Frame): void;
  /** The worker died or its run cannot go on; said once. */
  failed(message: string): void;
  /** Anything at all came from the worker. */
  heard(): void;
}

/** Typed calls over a worker's messages. When the worker dies, every open call is rejected. */
export function createWorkerChannel(worker: WorkerPort, listeners: Listeners) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead = false;

  function close(message: string): void {
    dead = true;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  }

  function fail(message: string): void {
    if (dead) return;
    close(message);
    listeners.failed(message);
  }

  function receive(message: FromWorker): void {
    listeners.heard();
    switch (message.type) {
      case 'frame':
        listeners.frame(message.frame);
        return;
      case 'failure':
        fail(message.message);
        return;
      case 'answer':
        waiting.get(message.id)?.resolve(message.output as never);
        waiting.delete(message.id);
        return;
      case 'rejection':
        waiting.get(message.id)?.reject(new Error(message.message));
        waiting.delete(message.id);
    }
  }

  worker.addEventListener('message', (event) => {
    if (!dead) receive(event.data as FromWorker);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    fail(event.message || 'The simulation could not be loaded.');
  });
  worker.addEventListener('messageerror', () =>
    fail('A message of the simulation was unreadable.'),
  );

  return {
    call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
      if (dead) return Promise.reject(new Error('The simulation is not running.'));
      const id = ++lastId;
      return new Promise<Output<N>>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, input } as Call);
      });
    },
    fail,
    close,
  };
}
