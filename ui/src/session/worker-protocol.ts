import type {
  Command,
  DispatchResult,
  Frame,
  Run,
  SessionInfo,
  Speed,
} from '@project-devops/simulation/protocol';
import type { Counterfactual, Library, OpenedFile, SessionStart } from './session.ts';

/** What the page can ask of the worker, and what it answers. */
export interface WorkerCalls {
  library: { readonly input: null; readonly output: Library };
  'open-file': { readonly input: string; readonly output: OpenedFile };
  start: { readonly input: SessionStart; readonly output: SessionInfo };
  dispatch: { readonly input: Command; readonly output: DispatchResult };
  'set-speed': { readonly input: Speed; readonly output: null };
  seek: { readonly input: number; readonly output: null };
  run: { readonly input: null; readonly output: Run };
  without: {
    readonly input: { readonly run: Run; readonly commandIndex: number };
    readonly output: Counterfactual;
  };
  /** Answered at once by a worker that lives. */
  ping: { readonly input: null; readonly output: null };
}
export type CallName = keyof WorkerCalls;
export type Input<N extends CallName> = WorkerCalls[N]['input'];
export type Output<N extends CallName> = WorkerCalls[N]['output'];

export type Call = {
  [N in CallName]: { readonly id: number; readonly name: N; readonly input: Input<N> };
}[CallName];

export type FromWorker =
  | { readonly type: 'answer'; readonly id: number; readonly output: Output<CallName> }
  /** This call failed; the worker goes on. */
  | { readonly type: 'rejection'; readonly id: number; readonly message: string }
  | { readonly type: 'frame'; readonly frame: Frame }
  /** The run cannot go on. */
  | { readonly type: 'failure'; readonly message: string };
