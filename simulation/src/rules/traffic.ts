import type { Curve, Scenario, ScenarioEvent } from '../protocol/index.ts';

/** The curve's value at a time, on straight lines between its points. */
export function curveAt(curve: Curve, atSeconds: number): number {
  let before = curve[0];
  for (const point of curve) {
    if (point.atSeconds > atSeconds) {
      if (before === undefined || before === point) return point.factor;
      const share = (atSeconds - before.atSeconds) / (point.atSeconds - before.atSeconds);
      return before.factor + (point.factor - before.factor) * share;
    }
    before = point;
  }
  return before?.factor ?? 1;
}

/** What one event multiplies the offered load by: 1 outside its time, its factor at its height. */
export function eventFactorAt(event: ScenarioEvent, atSeconds: number): number {
  const { traffic } = event;
  if (traffic === undefined) return 1;
  const { startSeconds, rampSeconds, factor } = traffic;
  const since = atSeconds - startSeconds;
  const until = endOf(traffic) - atSeconds;
  if (since < 0 || until <= 0) return 1;
  const height = rampSeconds === 0 ? 1 : Math.min(1, since / rampSeconds, until / rampSeconds);
  return 1 + (factor - 1) * height;
}

/** When an event's traffic is over, in seconds of operation. */
export function endOf(traffic: NonNullable<ScenarioEvent['traffic']>): number {
  return traffic.startSeconds + 2 * traffic.rampSeconds + traffic.holdSeconds;
}

/** Offered load in requests a second that `users` active users bring at a time. */
export function offeredLoad(scenario: Scenario, users: number, atSeconds: number): number {
  const events = scenario.events.reduce((f, event) => f * eventFactorAt(event, atSeconds), 1);
  const perUser = scenario.users.requestsPerUserPerMinute / 60;
  return users * perUser * curveAt(scenario.traffic, atSeconds) * events;
}

/** The classes' shares of the offered load at a time. */
export function sharesAt(
  { mix }: Pick<Scenario, 'mix'>,
  atSeconds: number,
): Readonly<Record<string, number>> {
  const begun = mix.filter((entry) => entry.atSeconds <= atSeconds);
  return (begun[begun.length - 1] ?? mix[0])?.shares ?? {};
}
