import type {
  DoctorReport,
  ImageProgress,
  Profile,
  Scenario,
} from '@project-devops/simulation/protocol';
import type { Clock } from '../../clock.ts';
import type { Sandbox, SandboxNews } from '../../real/sandbox.ts';
import type { ImageTags } from '../../sandbox/desired.ts';

/** A topology that is to run for real, in its scenario's place. */
export interface GroundRequest {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly profile: Profile;
  readonly scale: number;
  readonly images: ImageTags;
}

/** What the programs that run containers stand on. */
export interface Ground {
  readonly clock: Clock;
  examine(): Promise<DoctorReport>;
  /** The machine's own, or the game's cloud when it was never calibrated. */
  profile(): Promise<Profile>;
  /** The game's own cloud: the work that containers are set to do. */
  readonly cloud: Profile;
  /** Makes what is missing; rejects when `signal` is aborted. */
  ensureImages(
    onProgress: (images: readonly ImageProgress[]) => void,
    signal: AbortSignal,
  ): Promise<ImageTags>;
  /** Resolves when all runs and is healthy; leaves nothing behind when it rejects. */
  openSandbox(request: GroundRequest, news: SandboxNews, signal: AbortSignal): Promise<Sandbox>;
}
