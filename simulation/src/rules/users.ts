import { errorCount, type LoadPoint, type Measurement, type Scenario } from '../protocol/index.ts';
import { offeredLoad } from './traffic.ts';

/**
 * Active users a second later: contented ones bring others, failed requests drive some away. Content is
 * the share of finished requests that were on time; a second without any changes nothing.
 */
export function nextUsers(
  users: number,
  row: Pick<Measurement, 'served' | 'good' | 'errors'>,
  rules: Scenario['users'],
): number {
  const failed = errorCount(row.errors);
  const finished = row.served + failed;
  if (finished === 0) return users;
  const joining = (users * rules.growthPerSecond * row.good) / finished;
  const leaving = (users * rules.churnPerSecond * failed) / finished;
  return Math.max(0, users + joining - leaving);
}

const FORECAST_STEP_SECONDS = 5;

/** The offered load of a stage whose users stay content, every five seconds to its end. */
export function forecast(scenario: Scenario): LoadPoint[] {
  return contentLoad(scenario, scenario.users.initial, 0).filter(
    ({ atSeconds }) => atSeconds % FORECAST_STEP_SECONDS === 0,
  );
}

/** The offered load of each second from `fromSeconds` to the stage's end if `users` stay content from then on. */
export function contentLoad(scenario: Scenario, users: number, fromSeconds: number): LoadPoint[] {
  const points: LoadPoint[] = [];
  for (let second = fromSeconds; second <= scenario.durationSeconds; second++) {
    points.push({ atSeconds: second, ratePerSecond: offeredLoad(scenario, users, second) });
    users += users * scenario.users.growthPerSecond;
  }
  return points;
}
