export type Trend = 'up' | 'down' | 'steady';

/** A change smaller than this share of the users a second counts as steady. */
const STEADY_SHARE = 0.0005;

/** Which way the number of users goes. */
export function trendOf(users: number, usersPerSecond: number): Trend {
  const least = Math.max(users * STEADY_SHARE, Number.EPSILON);
  if (usersPerSecond > least) return 'up';
  return usersPerSecond < -least ? 'down' : 'steady';
}
