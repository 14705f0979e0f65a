import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import type { Links } from '../stores/links.ts';
import type { RunQueue } from '../work/run-queue.ts';
import type { TokenPool } from '../work/token-pool.ts';
import type { Draws } from './draws.ts';

/** What the operations of a request work with; a request keeps the one it began with. */
export interface Workshop {
  readonly configuration: ServiceConfiguration;
  readonly links: Links;
  readonly draws: Draws;
  readonly cachedValue: Buffer;
  readonly cpu: RunQueue;
  readonly databasePool: TokenPool;
  readonly metrics: ServiceMetrics;
  /** Counts the reads that went to a database, which take the databases by turns. */
  readonly turns: { reads: number };
}
