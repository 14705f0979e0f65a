import { realSimulator } from './game-simulator.ts';
import type { Measurement, Profile, Scenario } from './protocol/index.ts';
import { sharesAt } from './rules/traffic.ts';

/** A topology beside real containers, without users, money or commands. */
export interface Predicting extends Pick<Scenario, 'topology' | 'classes' | 'mix' | 'data'> {
  readonly profile: Profile;
  readonly seed: number;
  /** CPU limits are divided by this. */
  readonly scale: number;
  /** Offered load in requests a second during the second that begins then. */
  rateAt(atSeconds: number): number;
}

/** The rows of each second from the first on, end to end first; arrivals are evenly spaced. Endless. */
export function* predict(predicting: Predicting): Generator<Measurement[], never> {
  const { topology, seed, rateAt } = predicting;
  const simulator = realSimulator(predicting, predicting, seed, topology, 0);
  for (let second = 0; ; second++) {
    simulator.setLoad(rateAt(second), sharesAt(predicting, second));
    simulator.runUntil((second + 1) * 1000);
    yield simulator.closeWindow(topology, () => 0);
  }
}
