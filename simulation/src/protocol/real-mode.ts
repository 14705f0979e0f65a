import type { Static } from 'typebox';
import * as Type from 'typebox';
import { type Command, CommandSchema, type DispatchResult } from './command.ts';
import type { Frame, SessionInfo } from './frame.ts';
import { type Run, RunSchema } from './run.ts';
import type { Scorecard } from './scorecard.ts';
import { JUDGES, type Judge } from './vocabulary.ts';

/** One line of `doctor`: what real mode needs, whether it is there, and the command that mends it. */
export interface DoctorCheck {
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'missing';
  /** What was found, in one sentence. */
  readonly found: string;
  /** What to do about it; a command where there is one. Null when all is well. */
  readonly remedy: { readonly text: string; readonly command: string | null } | null;
}
export interface DoctorReport {
  /** True when real mode can start (warnings allowed). */
  readonly ready: boolean;
  readonly checks: readonly DoctorCheck[];
}

/** What will be started, told before it is. */
export interface Outlook {
  readonly containers: number;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  /** Cores of the machine. */
  readonly hostCores: number;
  /** CPU limits and load are divided by this. */
  readonly scale: number;
  /** Images that must be built or pulled first, with what they are expected to take. */
  readonly missingImages: readonly { readonly image: string; readonly expectedSeconds: number }[];
  /** Set when the limits of all containers exceed the machine: measured figures will suffer. */
  readonly overcommitted: boolean;
}

export type ContainerStatus =
  | 'creating'
  | 'starting'
  | 'healthy'
  | 'unhealthy'
  | 'exited'
  | 'removing';

/** A container as the page shows it. */
export interface ContainerView {
  /** The node it stands for, or the role of one of ours (prometheus, k6, exporter). */
  readonly node: string;
  readonly image: string;
  readonly status: ContainerStatus;
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  /** Cores used over the last seconds; null until measured. */
  readonly cpuUsed: number | null;
  readonly exitCode: number | null;
  /** Its own last lines, when it failed. */
  readonly lastLines: readonly string[];
}

export interface ImageProgress {
  readonly image: string;
  readonly status: 'waiting' | 'working' | 'ready';
  /** What it does at the moment, in a few words. */
  readonly doing: string;
  readonly sinceMs: number;
}

/** What went wrong, where, and what to do. */
export interface RealProblem {
  readonly code: string;
  readonly message: string;
  /** The node or container it is about. */
  readonly node: string | null;
  readonly remedy: string | null;
  readonly lastLines: readonly string[];
}

/** How far the measured side is. */
export interface LoadView {
  readonly generation: number;
  readonly ratePerSecond: number;
  /** Iterations k6 could not start, over the session. */
  readonly dropped: number;
  /** False while k6 itself is the limit: the windows are not compared. */
  readonly valid: boolean;
}

/** The session's state machine, as it is streamed to the page. */
export type RealState =
  | { readonly phase: 'off' }
  | { readonly phase: 'checking' }
  | { readonly phase: 'building-images'; readonly images: readonly ImageProgress[] }
  | {
      readonly phase: 'starting';
      readonly outlook: Outlook;
      readonly containers: readonly ContainerView[];
    }
  | {
      readonly phase: 'running';
      readonly outlook: Outlook;
      readonly containers: readonly ContainerView[];
      /** Null while no load flows (setup, pause). */
      readonly load: LoadView | null;
      /** A change on its way to the containers. */
      readonly applying: boolean;
      /** Trouble that does not end the session: a container that died, Prometheus away. */
      readonly troubles: readonly RealProblem[];
      /** Age of the newest measured window in ms; null before the first. */
      readonly measuredAgeMs: number | null;
      readonly scorecard: Scorecard | null;
    }
  | { readonly phase: 'stopping'; readonly left: number }
  | {
      readonly phase: 'failed';
      readonly problem: RealProblem;
      readonly doctor: DoctorReport | null;
    };

const closed = { additionalProperties: false };
const callId = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/** What the page sends over the socket. */
export const RealRequestSchema = Type.Union(
  [
    /** Starts real mode for a run; it goes on from where the run is. */
    Type.Object(
      {
        type: Type.Literal('open'),
        run: RunSchema,
        judge: Type.Enum([...JUDGES]),
        scale: Type.Integer({ minimum: 1, maximum: 64 }),
      },
      closed,
    ),
    /** Comes back to the session that is open, after a lost connection. */
    Type.Object({ type: Type.Literal('resume') }, closed),
    Type.Object({ type: Type.Literal('command'), id: callId, command: CommandSchema }, closed),
    Type.Object({ type: Type.Literal('set-speed'), speed: Type.Enum([0, 1]) }, closed),
    Type.Object({ type: Type.Literal('set-judge'), judge: Type.Enum([...JUDGES]) }, closed),
    /** The run so far. */
    Type.Object({ type: Type.Literal('run'), id: callId }, closed),
    Type.Object({ type: Type.Literal('leave') }, closed),
  ],
  { discriminator: 'type' },
);
export type RealRequest =
  | Exclude<Static<typeof RealRequestSchema>, { type: 'open' | 'command' }>
  | { readonly type: 'open'; readonly run: Run; readonly judge: Judge; readonly scale: number }
  | { readonly type: 'command'; readonly id: number; readonly command: Command };

/** What the page is sent. */
export type RealMessage =
  | { readonly type: 'state'; readonly state: RealState }
  /** After `open` or `resume`, before the first frame. */
  | { readonly type: 'info'; readonly info: SessionInfo; readonly judge: Judge }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'answer'; readonly id: number; readonly result: DispatchResult }
  | { readonly type: 'run'; readonly id: number; readonly run: Run }
  /** A request that cannot be met: `busy` (another page holds the session), `nothing-open`, `bad-request`. */
  | {
      readonly type: 'refused';
      readonly code: 'busy' | 'nothing-open' | 'bad-request';
      readonly message: string;
    };
