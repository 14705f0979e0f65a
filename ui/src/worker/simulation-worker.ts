import type { Call, FromWorker } from '../session/worker-protocol.ts';
import { SIMULATION } from './game-simulation.ts';
import type { Clock } from './simulation.ts';
import { createWorkerHost } from './worker-host.ts';

const clock: Clock = {
  now: () => performance.now(),
  later: (action, ms) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
const post = (message: FromWorker): void => self.postMessage(message);
const handle = createWorkerHost(SIMULATION, clock, post);

self.addEventListener('message', (event: MessageEvent<Call>) => {
  void handle(event.data);
});
self.addEventListener('messageerror', () => {
  post({ type: 'failure', message: 'A message to the simulation could not be read.' });
});
