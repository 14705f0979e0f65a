import { ANSWERED } from './event-kind.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Request } from './request.ts';
import { BACKGROUND, DELIVERY, SCRAPE } from './request-table.ts';
import type { RunningNode } from './running-node.ts';

/** Where in a node's program work begins, and for which item or row. */
interface Task {
  readonly entry: number;
  readonly item: number;
}

/** Begins work at a node that no client asked for; it is carried out from `fromMs` on. */
export function beginBackground(
  { requests, queue }: Pick<InterpreterOptions, 'requests' | 'queue'>,
  node: RunningNode,
  { entry, item }: Task,
  nowMs: number,
  fromMs = nowMs,
): Request {
  const request = requests.begin(BACKGROUND, node, entry, nowMs);
  request.item = item;
  queue.push(fromMs, ANSWERED, request.row, 0);
  return request;
}

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
