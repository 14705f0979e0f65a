import type { ContainerState } from '../../runtimes/container-runtime.ts';
import {
  type Action,
  type Actions,
  type ActualContainer,
  type ActualState,
  type DesiredContainer,
  type DesiredState,
  LABELS,
} from '../desired.ts';

let made = 0;

/** A container that runs just as it should. */
export function runningContainer(
  { node, spec, configuration }: DesiredContainer,
  changes: Partial<Omit<ActualContainer, 'state'>> & {
    readonly state?: Partial<ContainerState>;
  } = {},
): ActualContainer {
  const { name, image, labels, cpuMillicores, memoryMiB } = spec;
  return {
    node,
    fingerprint: labels[LABELS.fingerprint] ?? '',
    configuration,
    ...changes,
    state: {
      ...{ id: `container-${made++}`, name, image, labels, cpuMillicores, memoryMiB },
      ...{ phase: 'running', health: 'healthy', exitCode: null, outOfMemory: false, published: {} },
      ...changes.state,
    },
  };
}

/** A world in which all is as it should be. */
export function settledWorld({ containers }: DesiredState): ActualState {
  return { networkExists: true, containers: containers.map((one) => runningContainer(one)) };
}

/** What the world is after the actions, when all of them succeed. */
export function perform(actions: Actions, world: ActualState): ActualState {
  return actions.flat().reduce(performOne, world);
}

function performOne(world: ActualState, action: Action): ActualState {
  const change = (node: string, by: (one: ActualContainer) => ActualContainer): ActualState => ({
    ...world,
    containers: world.containers.map((one) => (one.node === node ? by(one) : one)),
  });
  switch (action.type) {
    case 'create-network':
      return { ...world, networkExists: true };
    case 'run': {
      const { node } = action.container;
      if (world.containers.some((one) => one.node === node)) throw new Error(`${node} is there`);
      if (!world.networkExists) throw new Error('there is no network');
      const state = { health: 'starting' } as const;
      return {
        ...world,
        containers: [...world.containers, runningContainer(action.container, { state })],
      };
    }
    case 'await-healthy':
      return change(action.node, (one) => ({ ...one, state: { ...one.state, health: 'healthy' } }));
    case 'set-limits':
      return change(action.node, (one) => ({ ...one, state: { ...one.state, ...action.limits } }));
    case 'configure':
      return change(action.node, (one) => ({ ...one, configuration: action.configuration }));
    case 'remove':
      return {
        ...world,
        containers: world.containers.filter(({ state }) => state.id !== action.id),
      };
  }
}
