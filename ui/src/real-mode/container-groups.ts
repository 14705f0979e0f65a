import type { ContainerStatus, ContainerView } from '@project-devops/simulation/protocol';

/** The containers of one image. */
export interface ContainerGroup {
  readonly image: string;
  readonly containers: readonly ContainerView[];
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  /** The state that asks for most attention. */
  readonly status: ContainerStatus;
}

const BY_ATTENTION: readonly ContainerStatus[] = [
  'exited',
  'unhealthy',
  'removing',
  'creating',
  'starting',
  'healthy',
];

export const isTroubled = (status: ContainerStatus): boolean =>
  status === 'exited' || status === 'unhealthy';

/** An image's name without its registry, folder and tag: what a player knows it by. */
export function imageName(image: string): string {
  return image.replace(/^.*\//, '').replace(/[:@].*$/, '');
}

/** A container's name for a reader: its node, or the role of one of ours without the mark that sets it apart. */
export const containerName = (node: string): string => node.replace(/^_/, '');

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** Groups containers by image, in the order of their first container. */
export function groupContainers(containers: readonly ContainerView[]): readonly ContainerGroup[] {
  const groups = new Map<string, ContainerView[]>();
  for (const container of containers) {
    const name = imageName(container.image);
    const group = groups.get(name);
    if (group) group.push(container);
    else groups.set(name, [container]);
  }
  return [...groups].map(([image, members]) => ({
    image,
    containers: members,
    cpuMillicores: sum(members.map((one) => one.cpuMillicores)),
    memoryMiB: sum(members.map((one) => one.memoryMiB)),
    status:
      BY_ATTENTION.find((status) => members.some((one) => one.status === status)) ?? 'healthy',
  }));
}

/** Cores in use by all containers; null until one is measured. */
export function coresUsed(containers: readonly ContainerView[]): number | null {
  const known = containers.map(({ cpuUsed }) => cpuUsed).filter((used) => used !== null);
  return known.length === 0 ? null : sum(known);
}
