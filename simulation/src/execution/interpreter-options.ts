import type { EventQueue } from '../kernel/event-queue.ts';
import type { RandomStream, ZipfSampler } from '../kernel/random.ts';
import type { ClientKeys } from './client-keys.ts';
import type { Clock } from './clock.ts';
import type { Deliveries } from './deliveries.ts';
import type { HostileTraffic } from './hostile-traffic.ts';
import type { Losses } from './losses.ts';
import type { Replication } from './replication.ts';
import type { RequestTable } from './request-table.ts';
import type { Resources } from './resources.ts';
import type { RunningTopology } from './running-topology.ts';
import type { Scraping } from './scraping.ts';
import type { Tracing } from './tracing.ts';

/** Service demands by work, in the order of `WORKS`. */
export interface Demands {
  readonly meanMs: Float64Array;
  readonly cv: Float64Array;
}

/** The items read and the rows written: how popular each is, and the streams they are drawn from. */
export interface Popularity {
  readonly items: ZipfSampler;
  readonly itemStream: RandomStream;
  readonly rows: ZipfSampler;
  readonly rowStream: RandomStream;
}

export interface InterpreterOptions {
  readonly clock: Clock;
  readonly queue: EventQueue;
  readonly requests: RequestTable;
  readonly resources: Resources;
  readonly topology: RunningTopology;
  readonly losses: Losses;
  readonly tracing: Tracing;
  readonly replication: Replication;
  readonly deliveries: Deliveries;
  readonly scraping: Scraping;
  readonly demands: Demands;
  readonly popularity: Popularity;
  readonly clientKeys: ClientKeys;
  readonly hostile: HostileTraffic;
  /** By request class: as which operation it is shown, and until when it is on time. */
  readonly shownAs: Int32Array;
  /** As which operation a request is shown once its messages are served. */
  readonly restShownAs: Int32Array;
  readonly onTimeMs: Float64Array;
  /** Good requests of the present window, counted here. */
  readonly goodByClass: Float64Array;
  /** As which operation a handler's call is shown, by handler. */
  readonly handlerShownAs: Int32Array;
}
