import { Jobs, resized } from '../primitives/jobs.ts';

/** Nodes a request may be at at once, one inside the other. */
export const MAX_DEPTH = 12;
/** Tokens and locks a request may hold at once: a two-phase commit in sixteen databases keeps two in each. */
export const MAX_HELD = 40;

/** Classes of work that no client asked for: any, the delivery of a message (see Deliveries), a part of a scrape round (see Scraping). */
export const BACKGROUND = -1;
export const DELIVERY = -2;
export const SCRAPE = -3;

/** What a request waits for, so that a deadline knows how to take it out. */
export const WAITS_FOR_NOTHING = -1;

/**
 * The requests in flight, one row each, in columns. A row is free when `depth` is -1.
 * A frame is one node's part in a request; frame 0 is the clients', or the only node's of background work.
 */
export class RequestTable {
  readonly jobs: Jobs;
  capacity: number;
  /** Request class; below 0 for work that no client asked for. */
  requestClass: Int32Array;
  startedMs: Float64Array;
  /** Where the interpreter goes on. */
  position: Int32Array;
  depth: Int32Array;
  item: Int32Array;
  hit: Uint8Array;
  /** The cause for which nobody waits any more, -1 while somebody does. */
  abandonedFor: Int32Array;
  /** Resource the request stands in line for, or WAITS_FOR_NOTHING. */
  waitsFor: Int32Array;
  /** Changes with each new wait, so that an older deadline is void. */
  waitTicket: Int32Array;
  /** Changes with each request in this row. */
  generation: Int32Array;
  heldCount: Int32Array;
  held: Int32Array;
  heldKey: Int32Array;
  /** A call on its way: the target, its program, the link, when it was sent and whether it may fail. */
  toNode: Int32Array;
  toEntry: Int32Array;
  toLink: Int32Array;
  toOptional: Uint8Array;
  sentMs: Float64Array;
  frameNode: Int32Array;
  frameReturn: Int32Array;
  frameEnteredMs: Float64Array;
  frameHeldBase: Int32Array;
  frameLink: Int32Array;
  frameSentMs: Float64Array;
  frameOptional: Uint8Array;
  inFlight = 0;
  #free: number[] = [];
  #fresh = 0;

  constructor(capacity = 1024) {
    this.capacity = capacity;
    this.jobs = new Jobs(capacity);
    this.requestClass = new Int32Array(capacity);
    this.startedMs = new Float64Array(capacity);
    this.position = new Int32Array(capacity);
    this.depth = new Int32Array(capacity).fill(-1);
    this.item = new Int32Array(capacity);
    this.hit = new Uint8Array(capacity);
    this.abandonedFor = new Int32Array(capacity);
    this.waitsFor = new Int32Array(capacity);
    this.waitTicket = new Int32Array(capacity);
    this.generation = new Int32Array(capacity);
    this.heldCount = new Int32Array(capacity);
    this.held = new Int32Array(capacity * MAX_HELD);
    this.heldKey = new Int32Array(capacity * MAX_HELD);
    this.toNode = new Int32Array(capacity);
    this.toEntry = new Int32Array(capacity);
    this.toLink = new Int32Array(capacity);
    this.toOptional = new Uint8Array(capacity);
    this.sentMs = new Float64Array(capacity);
    this.frameNode = new Int32Array(capacity * MAX_DEPTH);
    this.frameReturn = new Int32Array(capacity * MAX_DEPTH);
    this.frameEnteredMs = new Float64Array(capacity * MAX_DEPTH);
    this.frameHeldBase = new Int32Array(capacity * MAX_DEPTH);
    this.frameLink = new Int32Array(capacity * MAX_DEPTH);
    this.frameSentMs = new Float64Array(capacity * MAX_DEPTH);
    this.frameOptional = new Uint8Array(capacity * MAX_DEPTH);
  }

  /** A row for a new request; it stands before its first frame. */
  open(requestClass: number, nowMs: number): number {
    const request = this.#free.pop() ?? this.#fresh++;
    if (request >= this.capacity) this.#grow();
    this.requestClass[request] = requestClass;
    this.depth[request] = -1;
    this.startedMs[request] = nowMs;
    this.hit[request] = 0;
    this.abandonedFor[request] = -1;
    this.waitsFor[request] = WAITS_FOR_NOTHING;
    this.heldCount[request] = 0;
    this.jobs.cancelled[request] = 0;
    this.inFlight++;
    return request;
  }

  close(request: number): void {
    this.depth[request] = -1;
    this.generation[request] = ((this.generation[request] as number) + 1) | 0;
    this.waitTicket[request] = ((this.waitTicket[request] as number) + 1) | 0;
    this.#free.push(request);
    this.inFlight--;
  }

  /** The request is at a node of its own accord, at the beginning of a program. */
  pushFrame(request: number, node: number, entry: number, nowMs: number): void {
    const depth = (this.depth[request] as number) + 1;
    const top = request * MAX_DEPTH + depth;
    this.depth[request] = depth;
    this.frameNode[top] = node;
    this.frameReturn[top] = -1;
    this.frameEnteredMs[top] = nowMs;
    this.frameHeldBase[top] = this.heldCount[request] as number;
    this.frameLink[top] = -1;
    this.frameOptional[top] = 0;
    this.position[request] = entry;
  }

  /** The request's call has reached its target; the caller goes on where it stands now. */
  pushCallFrame(request: number, nowMs: number): void {
    const back = this.position[request] as number;
    this.pushFrame(request, this.toNode[request] as number, this.toEntry[request] as number, nowMs);
    const top = this.top(request);
    this.frameReturn[top] = back;
    this.frameLink[top] = this.toLink[request] as number;
    this.frameOptional[top] = this.toOptional[request] as number;
    this.frameSentMs[top] = this.sentMs[request] as number;
  }

  /** Index of the request's present frame in the frame columns. */
  top(request: number): number {
    return request * MAX_DEPTH + (this.depth[request] as number);
  }

  /** Every row in use, in row order. */
  *rows(): Generator<number> {
    for (let request = 0; request < this.#fresh; request++) {
      if ((this.depth[request] as number) >= 0) yield request;
    }
  }

  #grow(): void {
    const n = this.capacity * 2;
    this.capacity = n;
    this.jobs.grow(n);
    this.requestClass = resized(this.requestClass, new Int32Array(n));
    this.startedMs = resized(this.startedMs, new Float64Array(n));
    this.position = resized(this.position, new Int32Array(n));
    this.depth = resized(this.depth, new Int32Array(n).fill(-1));
    this.item = resized(this.item, new Int32Array(n));
    this.hit = resized(this.hit, new Uint8Array(n));
    this.abandonedFor = resized(this.abandonedFor, new Int32Array(n));
    this.waitsFor = resized(this.waitsFor, new Int32Array(n));
    this.waitTicket = resized(this.waitTicket, new Int32Array(n));
    this.generation = resized(this.generation, new Int32Array(n));
    this.heldCount = resized(this.heldCount, new Int32Array(n));
    this.held = resized(this.held, new Int32Array(n * MAX_HELD));
    this.heldKey = resized(this.heldKey, new Int32Array(n * MAX_HELD));
    this.toNode = resized(this.toNode, new Int32Array(n));
    this.toEntry = resized(this.toEntry, new Int32Array(n));
    this.toLink = resized(this.toLink, new Int32Array(n));
    this.toOptional = resized(this.toOptional, new Uint8Array(n));
    this.sentMs = resized(this.sentMs, new Float64Array(n));
    this.frameNode = resized(this.frameNode, new Int32Array(n * MAX_DEPTH));
    this.frameReturn = resized(this.frameReturn, new Int32Array(n * MAX_DEPTH));
    this.frameEnteredMs = resized(this.frameEnteredMs, new Float64Array(n * MAX_DEPTH));
    this.frameHeldBase = resized(this.frameHeldBase, new Int32Array(n * MAX_DEPTH));
    this.frameLink = resized(this.frameLink, new Int32Array(n * MAX_DEPTH));
    this.frameSentMs = resized(this.frameSentMs, new Float64Array(n * MAX_DEPTH));
    this.frameOptional = resized(this.frameOptional, new Uint8Array(n * MAX_DEPTH));
  }
}
