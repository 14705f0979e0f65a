import type { RunningLink, RunningNode } from './running-node.ts';

/** What a request waits for, so that a deadline knows how to take it out. */
export const WAITS_FOR_NOTHING = -1;

/** One node's part in a request. The outermost is the clients', the only node's of background work, or the called node's of an attempt. */
export class Frame {
  readonly outer: Frame | null;
  node: RunningNode;
  /** Over which the call came; null for a node that began of its own accord. */
  link: RunningLink | null = null;
  /** Where the node's program begins, and where the caller's goes on. */
  entry = 0;
  returnTo = 0;
  sentMs = Number.NaN;
  enteredMs = Number.NaN;
  /** Whether the caller can do without the answer. */
  isOptional = false;
  /** How much the request held when it came. */
  heldBefore = 0;
  #inner: Frame | null = null;

  constructor(outer: Frame | null, node: RunningNode) {
    this.outer = outer;
    this.node = node;
  }

  /** The part of the node that this one calls; kept from call to call. */
  callee(node: RunningNode): Frame {
    const inner = this.#inner;
    if (inner === null) {
      this.#inner = new Frame(this, node);
      return this.#inner;
    }
    if (inner.node !== node) inner.node = node;
    return inner;
  }

  /** The part of the node that was called last. */
  get called(): Frame {
    return this.#inner as Frame;
  }
}

/** A request, an attempt at a call, or background work in flight. Once it is over, its row is another's. */
export class Request {
  /** Its row: what events, stations and lines know it by. */
  readonly row: number;
  readonly root: Frame;
  /** The part of the node where it is; null for one that is not there yet, or no more. */
  frame: Frame | null = null;
  /** Request class; below 0 for work that no client asked for. */
  requestClass = 0;
  /** Where the interpreter goes on. */
  position = 0;
  /** The item or row it has drawn. */
  item = 0;
  hit = false;
  /** The cause for which nobody waits any more, -1 while somebody does. */
  abandonedFor = -1;
  /** The gate it stands in line for, or WAITS_FOR_NOTHING. */
  waitsFor = WAITS_FOR_NOTHING;
  /** Changes with each new wait, so that an older deadline is void. */
  waitTicket = 0;
  /** Changes with each request in this row. */
  generation = 0;
  /** Gates that it holds something of, in the order taken, and what of each: a place, a row. */
  readonly held: number[] = [];
  readonly heldKeys: number[] = [];
  /** Of an attempt: who has made it, `GIVEN_UP` once nobody waits for it; null for what is no attempt. */
  caller: Request | typeof GIVEN_UP | null = null;
  /** Its call over a link with options, while there is one. */
  guardedCall: GuardedCall | null = null;

  constructor(row: number, node: RunningNode) {
    this.row = row;
    this.root = new Frame(null, node);
  }

  /** The present part; the request must be at a node. */
  get here(): Frame {
    return this.frame as Frame;
  }

  /** The part that its call is on the way to. */
  get calling(): Frame {
    return this.frame === null ? this.root : this.frame.called;
  }

  /** It is at a node now, at the beginning of a program; a caller goes on where it stood. */
  enter(frame: Frame, entry: number, nowMs: number): void {
    frame.returnTo = this.position;
    frame.enteredMs = nowMs;
    frame.heldBefore = this.held.length;
    this.frame = frame;
    this.position = entry;
  }
}

/** In place of the caller of an attempt that was given up. */
export const GIVEN_UP = 'given up';

/** A call that may take several attempts. */
export class GuardedCall {
  attempt: Request | null = null;
  /** Attempts so far, zero outside such a call. */
  made = 0;
  /** What to repeat: a route's number, or -1 - n for the one node n; the handler's number times two, and one for an optional call. */
  route = 0;
  how = 0;
  /** What the link's guard is told at the end of the attempt. */
  epoch = 0;
  /** Changes whenever an attempt begins or ends, so that older deadlines and pauses are void. */
  ticket = 0;
}
