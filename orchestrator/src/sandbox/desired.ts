import type {
  ContainerSpec,
  ContainerState,
  Labels,
  Limits,
} from '../runtimes/container-runtime.ts';

/** Labels on everything that real mode creates; what carries them is the truth about what runs. */
export const LABELS = {
  /** Marks a container, network or image as ours; the value is the format's version. */
  ours: 'dev.project-devops.sandbox',
  /** The session it belongs to. */
  session: 'dev.project-devops.session',
  /** The node or role it stands for. */
  node: 'dev.project-devops.node',
  /** Hash of the parts that cannot be changed while it runs. */
  fingerprint: 'dev.project-devops.fingerprint',
  /** Path of the file by whose age everybody sees whether the session's owner lives. */
  heartbeat: 'dev.project-devops.heartbeat',
  /** On images: hash of all that the image was built from. */
  content: 'dev.project-devops.content',
} as const;
export const OURS = { [LABELS.ours]: '1' } as const;

/** The labels of all that belongs to a session. */
export function sessionLabels(session: string): Labels {
  return { ...OURS, [LABELS.session]: session };
}

/** Roles of the containers that are no node of the player's; node ids cannot begin with an underscore. */
export const ROLES = { prometheus: '_prometheus', exporter: '_exporter' } as const;

/** Container images by their folder in `sandbox-images`. */
export const IMAGES = ['nginx', 'postgres', 'redis', 'prometheus', 'service', 'k6'] as const;
export type ImageName = (typeof IMAGES)[number];
export type ImageTags = Readonly<Record<ImageName, string>>;

/** A container as it should be. */
export interface DesiredContainer {
  /** Node id or role. */
  readonly node: string;
  readonly spec: ContainerSpec;
  /** What the image's `configure` program is given in CONFIGURATION, at the start (in `spec.environment`) and on change. */
  readonly configuration: string;
  /** Containers with a lower rank are made and configured first, and removed last: stores 0, servers 1, balancers 2, observers 3. */
  readonly rank: number;
}

export interface DesiredState {
  readonly session: string;
  readonly network: string;
  readonly containers: readonly DesiredContainer[];
}

/** A container as it is; `configuration` is null when it is not known (after an adoption). */
export interface ActualContainer {
  readonly node: string;
  readonly state: ContainerState;
  readonly fingerprint: string;
  readonly configuration: string | null;
}

export interface ActualState {
  readonly networkExists: boolean;
  readonly containers: readonly ActualContainer[];
}

/** One thing to do. */
export type Action =
  | { readonly type: 'create-network'; readonly name: string; readonly session: string }
  | { readonly type: 'run'; readonly container: DesiredContainer }
  /** Waits until it is healthy. */
  | { readonly type: 'await-healthy'; readonly node: string; readonly timeoutMs: number }
  | {
      readonly type: 'set-limits';
      readonly node: string;
      readonly id: string;
      readonly limits: Limits;
    }
  | {
      readonly type: 'configure';
      readonly node: string;
      /** Null for a container that an earlier batch of the same actions makes. */
      readonly id: string | null;
      readonly configuration: string;
    }
  | {
      readonly type: 'remove';
      readonly node: string;
      readonly id: string;
      readonly graceSeconds: number;
    };

/** Batches one after the other; the actions of a batch are independent and run at once. */
export type Actions = readonly (readonly Action[])[];
