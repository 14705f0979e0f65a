import type { Profile } from '@project-devops/simulation/protocol';
import type { HostFacts, RuntimeError } from '../runtimes/container-runtime.ts';

/** What a question to the container engine brought. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: RuntimeError };

/** Where the container engine is looked for, and whether this user may speak to it. */
export type EngineDoor =
  | {
      readonly kind: 'socket';
      readonly path: string;
      readonly state: 'absent' | 'forbidden' | 'open';
    }
  | { readonly kind: 'remote'; readonly address: string };

/** The machine on which the orchestrator runs. */
export interface MachineFacts {
  readonly platform: NodeJS.Platform;
  readonly cpu: string;
  readonly cores: number;
  readonly freeMemoryMiB: number;
  readonly door: EngineDoor;
  /** Programs on the PATH: Docker's own, and those that make images where none can be pulled. */
  readonly programs: {
    readonly docker: boolean;
    readonly debootstrap: boolean;
    readonly go: boolean;
  };
}

export interface MissingImage {
  readonly image: string;
  readonly expectedSeconds: number;
}

/** The newest hardware profile; null when this machine was never calibrated. `faults`: a sentence a file that was refused. */
export interface ProfileFacts {
  readonly profile: Profile | null;
  readonly faults: readonly string[];
}

/** Everything the doctor judges by. */
export interface Facts {
  readonly host: Asked<HostFacts>;
  /** Null when the engine could not be asked. */
  readonly missingImages: Asked<readonly MissingImage[]> | null;
  readonly machine: MachineFacts;
  readonly profile: ProfileFacts;
}
