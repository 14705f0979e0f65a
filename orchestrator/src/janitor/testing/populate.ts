import type { ContainerRuntime, ContainerSpec, Labels } from '../../runtimes/container-runtime.ts';
import { LABELS, sessionLabels } from '../../sandbox/desired.ts';

/** A container with these labels, as small as can be. */
export function smallContainer(name: string, network: string, labels: Labels): ContainerSpec {
  return {
    name,
    image: 'any',
    labels,
    environment: {},
    arguments: [],
    pidsLimit: 20,
    scratch: [],
    network,
    aliases: [name],
    published: [],
    cpuMillicores: 50,
    memoryMiB: 16,
  };
}

/** Gives a session a network and containers; `changes` replaces parts of their specs. */
export async function populate(
  runtime: ContainerRuntime,
  session: string,
  heartbeat: string,
  containers: number,
  changes: Partial<ContainerSpec> = {},
): Promise<void> {
  const labels = { ...sessionLabels(session), [LABELS.heartbeat]: heartbeat };
  await runtime.createNetwork({ name: session, labels });
  const names = Array.from({ length: containers }, (_, index) => `${session}-${index}`);
  await Promise.all(
    names.map((name) =>
      runtime.runContainer({ ...smallContainer(name, session, labels), ...changes }),
    ),
  );
}
