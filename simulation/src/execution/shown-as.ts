import { OPERATIONS, type Operation, type RequestClass } from '../protocol/index.ts';
import { withoutMessages } from './messages.ts';
import { HANDLERS, type Handler } from './step.ts';

const HANDLER_SHOWN_AS = {
  read: 'read',
  write: 'write',
  apply: 'write',
  get: 'read',
  set: 'read',
  forget: 'write',
  prepare: 'write',
  'commit-prepared': 'write',
  hold: 'write',
  flush: 'write',
  'read-key': 'read',
  'read-document': 'read',
  'read-relation': 'read',
  produce: 'write',
  deliver: 'write',
  consume: 'write',
  scrape: 'read',
} satisfies Record<Handler, Operation>;

/** Operations from the least to the most demanding; a request is shown as its most demanding one, or as a message. */
const BY_DEMAND: readonly Operation[] = ['static', 'read', 'write', 'compute', 'message'];

/** The operation as which a request is shown. */
function shownAs(operations: readonly Operation[]): number {
  const rank = Math.max(...operations.map((operation) => BY_DEMAND.indexOf(operation)));
  return OPERATIONS.indexOf(BY_DEMAND[rank] as Operation);
}

/** As which operation everything is shown on the map. */
export interface ShownAs {
  /** By request class. */
  readonly shownAs: Int32Array;
  /** By request class, once its messages are served. */
  readonly restShownAs: Int32Array;
  /** A handler's call, by handler. */
  readonly handlerShownAs: Int32Array;
}

/** What is shown as what, for these request classes. */
export function shownAsTables(classes: readonly RequestClass[]): ShownAs {
  return {
    shownAs: Int32Array.from(classes, ({ operations }) => shownAs(operations)),
    restShownAs: Int32Array.from(classes, (c) => shownAs(withoutMessages(c).operations)),
    handlerShownAs: Int32Array.from(HANDLERS, (h) => OPERATIONS.indexOf(HANDLER_SHOWN_AS[h])),
  };
}
