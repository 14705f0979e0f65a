import type { ContainerStatus, ContainerView } from '@project-devops/simulation/protocol';
import type { ContainerState, Limits } from '../runtimes/container-runtime.ts';
import { nodeOf } from './observe.ts';

/** The containers as the page shows them, while they are made, changed and removed. */
export class Roster {
  readonly #views = new Map<string, ContainerView>();
  readonly #onChange: (views: readonly ContainerView[]) => void;

  constructor(onChange: (views: readonly ContainerView[]) => void) {
    this.#onChange = onChange;
  }

  /** A container as the engine tells it. */
  see(state: ContainerState, lastLines: readonly string[] = []): void {
    this.#set({ ...viewOf(state), lastLines });
  }

  creating(node: string, spec: Limits & { readonly image: string }): void {
    const { image, cpuMillicores, memoryMiB } = spec;
    this.#set({ ...EMPTY, node, image, cpuMillicores, memoryMiB, status: 'creating' });
  }

  change(node: string, change: Partial<ContainerView>): void {
    const view = this.#views.get(node);
    if (view !== undefined) this.#set({ ...view, ...change });
  }

  gone(node: string): void {
    if (this.#views.delete(node)) this.#onChange([...this.#views.values()]);
  }

  #set(view: ContainerView): void {
    this.#views.set(view.node, view);
    this.#onChange([...this.#views.values()]);
  }
}

const EMPTY = { cpuUsed: null, exitCode: null, lastLines: [] };

/** One container as the page shows it; its last lines are left out. */
export function viewOf(state: ContainerState): ContainerView {
  const { image, cpuMillicores, memoryMiB, exitCode } = state;
  const common = { node: nodeOf(state), image, cpuMillicores, memoryMiB, exitCode };
  return { ...EMPTY, ...common, status: statusOf(state) };
}

function statusOf({ phase, health }: ContainerState): ContainerStatus {
  if (phase === 'created') return 'creating';
  if (phase === 'exited') return 'exited';
  return health ?? 'healthy';
}
