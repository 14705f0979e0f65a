import { DEFAULT_PROFILE, SCENARIOS } from '@project-devops/simulation';
import type { Scenario } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { kneeOf } from './knee.ts';

it('is where the CPU time of the busiest node is used up', () => {
  const stage = SCENARIOS[0] as Scenario;
  // 0.25 cores over the mean CPU time of a request: 40 % home, 42 % browse, 10 % search, 8 % sign-up.
  const meanMs = 0.4 * 2 + 0.42 * (2 + 2 * 3) + 0.1 * (3 * 3 + 25) + 0.08 * (2 + 4);
  const knee = kneeOf(stage, DEFAULT_PROFILE);
  expect(knee / (250 / meanMs)).toBeGreaterThan(0.92);
  expect(knee / (250 / meanMs)).toBeLessThan(1.08);
});
