import {
  CATALOG,
  createEngine,
  forecast,
  RULESET,
  replay,
  SCENARIOS,
  scenarioProblems,
} from '@project-devops/simulation';
import type { Call, FromWorker } from '../session/worker-protocol.ts';
import type { Clock, Simulation } from './simulation.ts';
import { createWorkerHost } from './worker-host.ts';

const simulation: Simulation = {
  ruleset: RULESET,
  scenarios: SCENARIOS,
  catalog: Object.values(CATALOG),
  createEngine,
  replay,
  forecast,
  scenarioProblems: (scenario) => scenarioProblems(scenario, CATALOG),
};
const clock: Clock = {
  now: () => performance.now(),
  later: (action, ms) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
const post = (message: FromWorker): void => self.postMessage(message);
const handle = createWorkerHost(simulation, clock, post);

self.addEventListener('message', (event: MessageEvent<Call>) => {
  void handle(event.data);
});
self.addEventListener('messageerror', () => {
  post({ type: 'failure', message: 'A message to the simulation could not be read.' });
});
