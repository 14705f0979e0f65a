import { type Ending, errorRatio, type Measurement, type Scenario } from '../protocol/index.ts';

/** What the sum of a gauge's seconds may lack through rounding. */
const ROUNDING = 1e-9;

/**
 * The error gauge a second later, 0 to 1. Above the allowed error ratio it fills, in `gaugeSeconds` at
 * twice the ratio or more; below it empties, in `gaugeSeconds` without any error.
 */
export function nextErrorGauge(
  gauge: number,
  row: Pick<Measurement, 'served' | 'errors'>,
  objective: Scenario['objective'],
): number {
  const ratio = errorRatio(row) ?? 0;
  const { maxErrorRatio, gaugeSeconds } = objective;
  const excess = maxErrorRatio === 0 ? Math.sign(ratio) * 2 - 1 : ratio / maxErrorRatio - 1;
  const change = Math.max(-1, Math.min(1, excess)) / gaugeSeconds;
  const level = gauge + change;
  if (level > 1 - ROUNDING) return 1;
  return level < ROUNDING ? 0 : level;
}

/** Whether a window counts as uptime. */
export function isUp(
  row: Pick<Measurement, 'served' | 'errors'>,
  objective: Scenario['objective'],
): boolean {
  return (errorRatio(row) ?? 0) <= objective.maxErrorRatio;
}

/** How the stage has ended at the end of a second, null while it goes on. */
export function endingOf(
  state: { readonly errorGauge: number; readonly money: number; readonly seconds: number },
  scenario: Scenario,
): Ending | null {
  if (state.errorGauge >= 1) return 'service-down';
  if (state.money < scenario.bankruptcyFloor) return 'bankrupt';
  return state.seconds >= scenario.durationSeconds ? 'won' : null;
}
