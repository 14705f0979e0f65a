import type { Problem, Run } from '@project-devops/simulation/protocol';
import type { ErrorCode } from '../errors.ts';
import type { Outcome } from './run-store.ts';

/** What playing a run again said about it. */
export type Verdict =
  | { readonly state: 'verified'; readonly outcome: Outcome | null }
  | {
      readonly state: 'refused';
      readonly code: Extract<ErrorCode, `run-${string}` | 'verifier-busy'>;
      readonly detail: string;
      readonly problems: readonly Problem[];
    };

/** Plays runs of the present ruleset again and believes nothing else. Rejects only for faults of its own. */
export interface RunVerifier {
  verify(run: Run): Promise<Verdict>;
  close(): Promise<void>;
}
