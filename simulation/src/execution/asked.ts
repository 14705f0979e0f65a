import type { InterpreterOptions } from './interpreter-options.ts';
import { AS_ITSELF, AS_REST } from './program.ts';
import type { RunningNode } from './running-node.ts';

/** Where the program begins that a node runs when it is asked by a handler's number; -1 when it has none. */
export function entryOf(target: RunningNode, handler: number, requestClass: number): number {
  if (handler < AS_ITSELF) return target.handlerEntries[handler] as number;
  const entries = handler === AS_REST ? target.restEntries : target.entries;
  return entries[requestClass] as number;
}

/** As which operation such a call is shown. */
export function operationShown(
  options: Pick<InterpreterOptions, 'shownAs' | 'restShownAs' | 'handlerShownAs'>,
  handler: number,
  requestClass: number,
): number {
  if (handler < AS_ITSELF) return options.handlerShownAs[handler] as number;
  return (handler === AS_REST ? options.restShownAs : options.shownAs)[requestClass] as number;
}
