import type { HealthCheck } from '../protocol/index.ts';

/** What a balancer believes of a server. */
export interface Health {
  readonly isHealthy: boolean;
  /** Latest checks in a row that spoke against this belief. */
  readonly against: number;
}

/** What it believes after one more check. */
export function afterCheck(health: Health, passed: boolean, check: HealthCheck): Health {
  if (passed === health.isHealthy) return health.against === 0 ? health : { ...health, against: 0 };
  const against = health.against + 1;
  const enough = health.isHealthy ? check.unhealthyAfter : check.healthyAfter;
  return against >= enough
    ? { isHealthy: passed, against: 0 }
    : { isHealthy: health.isHealthy, against };
}
