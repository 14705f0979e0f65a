import type { Surroundings } from '../execution/component.ts';
import { call, type Step } from '../execution/step.ts';
import type { RequestClass } from '../protocol/index.ts';

/** The calls by which an application reads and writes a class's data. */
export interface DataCalls {
  readonly read: Step;
  readonly write: Step;
}

/** A NoSQL database that is linked and answers the class's query keeps its data; otherwise SQL does. */
export function dataCalls({ query }: RequestClass, around: Surroundings): DataCalls {
  if (query === undefined || query === 'join' || !around.linked(query)) {
    return { read: call('reads', 'read'), write: call('writes', 'write') };
  }
  return { read: call(query, `read-${query}`), write: call(query, 'write') };
}
