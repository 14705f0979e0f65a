import { Jobs } from '../primitives/jobs.ts';
import { Request, WAITS_FOR_NOTHING } from './request.ts';
import type { RunningNode } from './running-node.ts';

/** Classes of work that no client asked for: any, the delivery of a message (see Deliveries), a part of a scrape round (see Scraping). */
export const BACKGROUND = -1;
export const DELIVERY = -2;
export const SCRAPE = -3;

/** The requests in flight, by row. */
export class RequestTable {
  /** Rows that there is room for in `jobs` and in others' columns. */
  capacity: number;
  readonly jobs: Jobs;
  inFlight = 0;
  readonly #rows: Request[] = [];
  readonly #free: Request[] = [];

  constructor(capacity = 1024) {
    this.capacity = capacity;
    this.jobs = new Jobs(capacity);
  }

  at(row: number): Request {
    return this.#rows[row] as Request;
  }

  /** A new request whose first part is at `node`, where it is not yet. */
  open(requestClass: number, node: RunningNode): Request {
    const request = this.#free.pop() ?? this.#add(node);
    if (request.root.node !== node) request.root.node = node;
    request.requestClass = requestClass;
    request.hit = false;
    request.abandonedFor = -1;
    request.waitsFor = WAITS_FOR_NOTHING;
    this.jobs.cancelled[request.row] = 0;
    this.inFlight++;
    return request;
  }

  /** A new request at a node of its own accord, at the beginning of a program. */
  begin(requestClass: number, node: RunningNode, entry: number, nowMs: number): Request {
    const request = this.open(requestClass, node);
    if (request.root.link !== null) request.root.link = null;
    request.root.isOptional = false;
    request.enter(request.root, entry, nowMs);
    return request;
  }

  /** The request is over and holds nothing; what was set for it is void. */
  close(request: Request): void {
    request.frame = null;
    request.generation = (request.generation + 1) | 0;
    request.waitTicket = (request.waitTicket + 1) | 0;
    this.#free.push(request);
    this.inFlight--;
  }

  /** Every request that is at a node, in row order. */
  *atNodes(): Generator<Request> {
    for (const request of this.#rows) if (request.frame !== null) yield request;
  }

  #add(node: RunningNode): Request {
    const request = new Request(this.#rows.length, node);
    this.#rows.push(request);
    if (this.#rows.length > this.capacity) {
      this.capacity *= 2;
      this.jobs.grow(this.capacity);
    }
    return request;
  }
}
