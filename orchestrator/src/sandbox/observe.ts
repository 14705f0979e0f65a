import { isK6 } from '../load/k6-container.ts';
import type { ContainerRuntime, ContainerState } from '../runtimes/container-runtime.ts';
import type { AppliedConfigurations } from './applied.ts';
import { type ActualState, LABELS, sessionLabels } from './desired.ts';

/** What a session's containers are now, by their labels. */
export async function observe(
  runtime: ContainerRuntime,
  session: string,
  applied: AppliedConfigurations,
): Promise<ActualState> {
  const [containers, networks] = await Promise.all([
    listPlanned(runtime, session),
    runtime.listNetworks(sessionLabels(session)),
  ]);
  return {
    networkExists: networks.length > 0,
    containers: containers.map((state) => ({
      node: nodeOf(state),
      state,
      fingerprint: state.labels[LABELS.fingerprint] ?? '',
      configuration: applied.of(state.id),
    })),
  };
}

/** The containers of a session that follow from its topology, stopped ones included; k6's come and go with the load. */
export async function listPlanned(
  runtime: ContainerRuntime,
  session: string,
): Promise<readonly ContainerState[]> {
  const containers = await runtime.listContainers(sessionLabels(session));
  return containers.filter((state) => !isK6(state.labels));
}

/** The node or role that a container stands for; one that lost its label is nobody's, by its own name. */
export const nodeOf = ({ labels, name }: ContainerState): string => labels[LABELS.node] ?? name;
