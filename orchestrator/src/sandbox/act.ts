import { type Clock, sleep } from '../clock.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import type { AppliedConfigurations } from './applied.ts';
import { awaitHealthy } from './await-healthy.ts';
import { ownerLabels } from './container.ts';
import { ContainerFailure } from './container-failure.ts';
import { type Action, type DesiredState, LABELS } from './desired.ts';
import type { Roster } from './roster.ts';

const CONFIGURE_TIMEOUT_MS = 20_000;
/** CPU limit until a container is healthy the first time: a program's start is long and no part of what is measured. */
const STARTING_MILLICORES = 1_000;
/** Time for what others asked of a container to be answered, after they were told to ask no more. */
const DRAIN_MS = 1_000;

/** What the actions of one call share. */
export interface Acting {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly desired: DesiredState;
  readonly applied: AppliedConfigurations;
  readonly roster: Roster;
  /** Ids of the containers that are there, by node; `run` adds to them. */
  readonly ids: Map<string, string>;
}

type Of<T extends Action['type']> = Extract<Action, { type: T }>;

/** Does one action. Rejects with a `RuntimeError` or a `ContainerFailure`. */
export async function act(action: Action, acting: Acting): Promise<void> {
  switch (action.type) {
    case 'create-network':
      return createNetwork(action, acting);
    case 'run':
      return run(action, acting);
    case 'await-healthy':
      return awaitAction(action, acting);
    case 'set-limits':
      return setLimits(action, acting);
    case 'configure':
      return configure(action, acting);
    case 'remove':
      return remove(action, acting);
  }
}

async function createNetwork(
  { name, session }: Of<'create-network'>,
  { runtime, desired }: Acting,
) {
  const heartbeat = desired.containers[0]?.spec.labels[LABELS.heartbeat] ?? '';
  await runtime.createNetwork({ name, labels: ownerLabels({ session, heartbeat }) });
}

async function run({ container: { node, spec, configuration } }: Of<'run'>, acting: Acting) {
  const { runtime, roster, applied, ids } = acting;
  roster.creating(node, spec);
  const cpuMillicores = Math.max(spec.cpuMillicores, STARTING_MILLICORES);
  const state = await runtime.runContainer({ ...spec, cpuMillicores });
  ids.set(node, state.id);
  applied.remember(state.id, configuration);
  roster.see({ ...state, cpuMillicores: spec.cpuMillicores });
}

/** From then on its own limits hold. */
async function awaitAction({ node, timeoutMs }: Of<'await-healthy'>, acting: Acting) {
  const state = await awaitHealthy({ node, id: idOf(node, acting), timeoutMs }, acting);
  const spec = acting.desired.containers.find((one) => one.node === node)?.spec;
  if (state === null || spec === undefined) return;
  const { cpuMillicores, memoryMiB } = spec;
  if (state.cpuMillicores !== cpuMillicores) {
    await acting.runtime.updateLimits(state.id, { cpuMillicores, memoryMiB });
  }
  acting.roster.see({ ...state, cpuMillicores });
}

async function setLimits({ node, id, limits }: Of<'set-limits'>, { runtime, roster }: Acting) {
  await runtime.updateLimits(id, limits);
  roster.change(node, limits);
}

async function configure({ node, id, configuration }: Of<'configure'>, acting: Acting) {
  const { runtime, applied } = acting;
  const containerId = id ?? idOf(node, acting);
  applied.forget(containerId);
  const { exitCode, output } = await runtime.exec(containerId, ['configure'], {
    environment: { CONFIGURATION: configuration },
    timeoutMs: CONFIGURE_TIMEOUT_MS,
  });
  if (exitCode !== 0) throw refused(node, exitCode, output);
  applied.remember(containerId, configuration);
}

async function remove({ node, id, graceSeconds }: Of<'remove'>, acting: Acting) {
  const { runtime, roster, applied, ids, clock, signal } = acting;
  roster.change(node, { status: 'removing' });
  if (graceSeconds > 0) await sleep(clock, DRAIN_MS, signal);
  await runtime.removeContainer(id, graceSeconds);
  applied.forget(id);
  if (ids.get(node) === id) ids.delete(node);
  roster.gone(node);
}

function idOf(node: string, { ids }: Acting): string {
  const id = ids.get(node);
  if (id === undefined) throw new ContainerFailure('gone', `There is no container for ${node}.`);
  return id;
}

function refused(node: string, exitCode: number, output: string): ContainerFailure {
  return new ContainerFailure(
    'not-configured',
    `${node} did not take its new configuration (exit code ${exitCode}); the old one stays in force.`,
    { output: output.trim().split('\n').slice(-20) },
  );
}
