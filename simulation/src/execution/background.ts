import type { InterpreterOptions } from './interpreter-options.ts';
import type { Request } from './request.ts';
import { DELIVERY, SCRAPE } from './request-table.ts';
import type { RunningNode } from './running-node.ts';

type Owners = Pick<InterpreterOptions, 'clock' | 'deliveries' | 'scraping' | 'replication'>;

/** Tells whose work it was that work which no client asked for is over at the node where it began. */
export function endBackground(
  owners: Owners,
  request: Request,
  node: RunningNode,
  ok: boolean,
): void {
  const { nowMs } = owners.clock;
  if (request.requestClass === DELIVERY) owners.deliveries.ended(request, ok, nowMs);
  else if (request.requestClass === SCRAPE) owners.scraping.ended(node, ok);
  else if (ok) owners.replication.applied(node, nowMs);
  else owners.deliveries.asideFailed(request, nowMs);
}
