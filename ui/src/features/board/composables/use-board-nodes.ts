import type {
  CatalogEntry,
  ContainerStatus,
  Measurement,
  NodeId,
  NodeKind,
  SizeEntry,
} from '@project-devops/simulation/protocol';
import { computed, shallowRef, watch } from 'vue';
import { sizeEntry } from '../../../building/offers.ts';
import { useReal } from '../../../session/use-real.ts';
import { useRun } from '../../../session/use-run.ts';
import { bootProgress } from '../cards/boot-progress.ts';
import { isOverLimit } from '../cards/node-card.ts';
import { type BoardNode, createStableViews } from '../cards/stable-views.ts';
import type { Limits } from '../links/link-style.ts';

/** Used while no scenario is known; every scenario states its own. */
const NO_LIMITS: Limits = { onTimeMs: 1_000, maxErrorRatio: 0 };

const isSame = (a: readonly BoardNode[], b: readonly BoardNode[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/** The board's nodes as the newest snapshot has them, and what their figures are measured against. */
export function useBoardNodes() {
  const run = useRun();
  const real = useReal();
  const stable = createStableViews();
  const nodes = shallowRef<readonly BoardNode[]>([]);

  watch(
    () => run.frame,
    (frame) => {
      const next = frame ? stable.read(frame.snapshot, frame.restarted) : [];
      if (!isSame(next, nodes.value)) nodes.value = next;
    },
    { immediate: true },
  );

  const catalog = computed<ReadonlyMap<NodeKind, CatalogEntry>>(
    () => new Map((run.library?.catalog ?? []).map((entry) => [entry.kind, entry])),
  );

  const limits = computed<Limits>(() => {
    const scenario = run.info?.scenario;
    if (!scenario) return NO_LIMITS;
    const deadlines = Object.values(scenario.classes).map((one) => one.onTimeMs);
    return {
      onTimeMs: Math.min(...deadlines),
      maxErrorRatio: scenario.objective.maxErrorRatio,
    };
  });

  function sizeOf({ node }: BoardNode): SizeEntry | null {
    return 'size' in node ? sizeEntry(catalog.value.get(node.kind), node.size) : null;
  }

  /** How far a node has started, 0 to 1; null when it is not starting. */
  function bootOf({ node, view }: BoardNode): number | null {
    if (view?.state !== 'starting') return null;
    const startupMs = catalog.value.get(node.kind)?.startupMs ?? 0;
    return bootProgress(run.events, node.id, startupMs, run.snapshot?.timeMs ?? 0);
  }

  /** The newest measured row of a node; null but in real mode. */
  const measuredOf = (id: NodeId): Measurement | null =>
    real.running === null ? null : (run.measuredNodeHistory(id).at(-1) ?? null);
  /** The state of the container that stands for a node; null when there is none. */
  const containerOf = (id: NodeId): ContainerStatus | null => real.statusOf.get(id) ?? null;

  const totalCostPerHour = computed(() => run.snapshot?.costPerHour ?? 0);
  const byId = computed<ReadonlyMap<NodeId, BoardNode>>(
    () => new Map(nodes.value.map((one) => [one.node.id, one])),
  );

  const overLimit = computed(() => nodes.value.filter(({ view }) => isOverLimit(view)));

  return {
    nodes,
    byId,
    overLimit,
    catalog,
    limits,
    sizeOf,
    bootOf,
    measuredOf,
    containerOf,
    totalCostPerHour,
  };
}
export type BoardNodes = ReturnType<typeof useBoardNodes>;
