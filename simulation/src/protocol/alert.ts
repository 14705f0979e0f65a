/** How soon somebody has to look: at once, in working hours, when it suits. */
export type AlertLevel = 'critical' | 'warning' | 'info';

/** What monitoring alerts to, and how grave each is; the conditions are in `rules/alerting.ts`. */
export const ALERTS = {
  'node-down': 'critical',
  'error-ratio': 'critical',
  'pool-exhausted': 'critical',
  'users-lost': 'critical',
  'consumer-lag': 'warning',
  'cpu-high': 'warning',
  'queue-depth': 'warning',
  deployment: 'info',
} as const satisfies Record<string, AlertLevel>;

export type AlertId = keyof typeof ALERTS;
export const ALERT_IDS = Object.keys(ALERTS) as readonly AlertId[];
