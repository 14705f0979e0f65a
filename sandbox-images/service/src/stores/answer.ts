import type { Cause } from '@project-devops/simulation/protocol';

/** What came of a call to a store; `tookMs` from sending to answer. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly tookMs: number }
  | { readonly ok: false; readonly cause: Cause };

export const refused = (cause: Cause): Answer<never> => ({ ok: false, cause });
