import type { NodeId, Snapshot, Speed } from '@project-devops/simulation/protocol';
import {
  areLinked,
  balancedServers,
  idsOf,
  type ServerLoad,
  workingServers,
} from './tutorial-topology.ts';

/** The stage that is taught. */
export const TUTORIAL_SCENARIO = 'hello-world';

/** A server this busy is worth a break before it overflows, 0 to 1. */
const HOT_UTILISATION = 0.7;

/** What a step may look at: the run as it stands, and the node the player looks at. */
export interface TutorialView {
  readonly snapshot: Pick<Snapshot, 'phase' | 'topology' | 'nodes'>;
  readonly speed: Speed;
  readonly selected: NodeId | null;
  readonly busiest: ServerLoad | null;
  /** The step that was said last. */
  readonly shown: StepId | null;
}

export const STEP_IDS = [
  'forecast',
  'start',
  'watch-cpu',
  'pause',
  'buy-balancer',
  'free-clients',
  'connect-balancer',
  'clone-server',
  'resume',
  'survive',
  'limited-by',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** One thing to learn. Its words are `tutorial.steps.<id>`. */
export interface TutorialStep {
  /** When it becomes worth saying; until then the tutorial keeps quiet. */
  readonly appears: (view: TutorialView) => boolean;
  /** When it has been done, whether it was said or not. */
  readonly isDone: (view: TutorialView) => boolean;
  /** True when it is to be read, so that the card offers to go on. */
  readonly isReading: boolean;
  /** The part to look at: its `data-tutorial`, or `node:<id>`. */
  readonly anchor: (view: TutorialView) => string;
}

const nodeAnchor = (id: NodeId | undefined) => (id === undefined ? 'board' : `node:${id}`);

function firstServer({ snapshot, busiest }: TutorialView): NodeId | undefined {
  return busiest?.id ?? idsOf(snapshot.topology, 'vm-basic')[0];
}

function firstClients({ snapshot }: TutorialView): NodeId | undefined {
  return idsOf(snapshot.topology, 'clients')[0];
}

function limitedNode({ snapshot, selected }: TutorialView): NodeId | undefined {
  const limited = snapshot.nodes.filter((node) => node.limitedBy !== null).map(({ id }) => id);
  return limited.find((id) => id === selected) ?? limited[0];
}

const inSetup = ({ snapshot }: TutorialView) => snapshot.phase === 'setup';
const inOperation = ({ snapshot }: TutorialView) => snapshot.phase === 'operation';
const isBuilding = (view: TutorialView) => inSetup(view) || inOperation(view);

function hasBalancer({ snapshot }: TutorialView): boolean {
  return idsOf(snapshot.topology, 'load-balancer').length > 0;
}

function isHot(view: TutorialView): boolean {
  return inOperation(view) && (view.busiest?.utilisation ?? 0) >= HOT_UTILISATION;
}

function isServerSelected({ snapshot, selected }: TutorialView): boolean {
  return selected !== null && idsOf(snapshot.topology, 'vm-basic').includes(selected);
}

type Condition = TutorialStep['isDone'];

function toDo(appears: Condition, isDone: Condition, anchor: TutorialStep['anchor']): TutorialStep {
  return { appears, isDone, anchor, isReading: false };
}

function toRead(
  appears: Condition,
  isDone: Condition,
  anchor: TutorialStep['anchor'],
): TutorialStep {
  return { appears, isDone, anchor, isReading: true };
}

const never = () => false;

/** The steps; their order is that of `STEP_IDS`. */
export const TUTORIAL_STEPS: Readonly<Record<StepId, TutorialStep>> = {
  forecast: toRead(
    inSetup,
    (view) => !inSetup(view),
    () => 'setup-forecast',
  ),
  start: toDo(
    inSetup,
    (view) => !inSetup(view),
    () => 'setup-start',
  ),
  'watch-cpu': toDo(
    inOperation,
    (view) => hasBalancer(view) || (inOperation(view) && isServerSelected(view)),
    (view) => nodeAnchor(firstServer(view)),
  ),
  pause: toDo(
    isHot,
    (view) => hasBalancer(view) || (view.shown === 'pause' && view.speed === 0),
    () => 'speed',
  ),
  'buy-balancer': toDo(isBuilding, hasBalancer, () => 'shop:load-balancer'),
  'free-clients': toDo(
    isBuilding,
    ({ snapshot }) => !areLinked(snapshot.topology, 'clients', 'vm-basic'),
    (view) => nodeAnchor(firstClients(view)),
  ),
  'connect-balancer': toDo(
    isBuilding,
    ({ snapshot }) =>
      areLinked(snapshot.topology, 'clients', 'load-balancer') &&
      balancedServers(snapshot.topology).length > 0,
    (view) => nodeAnchor(idsOf(view.snapshot.topology, 'load-balancer')[0]),
  ),
  'clone-server': toDo(
    isBuilding,
    ({ snapshot }) => workingServers(snapshot.topology).length > 1,
    (view) => (isServerSelected(view) ? 'inspector:clone' : nodeAnchor(firstServer(view))),
  ),
  resume: toDo(
    inOperation,
    (view) => inOperation(view) && view.speed > 0,
    () => 'speed',
  ),
  survive: toRead(inOperation, never, () => 'error-gauge'),
  'limited-by': toRead(
    (view) => inOperation(view) && limitedNode(view) !== undefined,
    never,
    (view) => {
      const limited = limitedNode(view);
      return limited === view.selected ? 'inspector:limit' : nodeAnchor(limited);
    },
  ),
};

/** The first step that is not done yet; null when all are. */
export function currentStep(done: ReadonlySet<StepId>): StepId | null {
  return STEP_IDS.find((id) => !done.has(id)) ?? null;
}

/**
 * Adds the steps that the run shows to be done, in order, up to the first that is not. The same set
 * comes back when nothing is new.
 */
export function advance(done: ReadonlySet<StepId>, view: TutorialView): ReadonlySet<StepId> {
  let reached = done;
  for (;;) {
    const id = currentStep(reached);
    if (id === null || !TUTORIAL_STEPS[id].isDone(view)) return reached;
    reached = new Set(reached).add(id);
  }
}

/** The step to be said now: one that has begun to be worth saying stays until it is done or the stage is over. */
export function shownStep(done: ReadonlySet<StepId>, view: TutorialView): StepId | null {
  const id = currentStep(done);
  if (id === null || !isBuilding(view)) return null;
  return id === view.shown || TUTORIAL_STEPS[id].appears(view) ? id : null;
}

/** Values for the words of the steps: the names the player sees on the board. */
export function stepValues(view: TutorialView): Readonly<Record<string, string>> {
  const { topology } = view.snapshot;
  return {
    server: firstServer(view) ?? '',
    clients: firstClients(view) ?? '',
    balancer: idsOf(topology, 'load-balancer')[0] ?? '',
    limited: limitedNode(view) ?? '',
  };
}
