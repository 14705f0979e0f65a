import type {
  CatalogEntry,
  NodeId,
  NodeKind,
  SizeEntry,
} from '@project-devops/simulation/protocol';
import { computed, shallowRef, watch } from 'vue';
import { sizeEntry } from '../../../building/offers.ts';
import { useReal } from '../../../session/use-real.ts';
import { useRun } from '../../../session/use-run.ts';
import { bootProgress } from '../cards/boot-progress.ts';
import { isOverLimit, type Reality } from '../cards/node-card.ts';
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

  /** What reality adds to a node's card; null while no container stands for it and nothing is measured. */
  function realityOf(id: NodeId): Reality | null {
    const container = real.statusOf.get(id) ?? null;
    const row = real.running === null ? null : (run.measuredNodeHistory(id).at(-1) ?? null);
    if (container === null && row === null) return null;
    const predicted = row && run.nodeHistory(id).findLast(({ endMs }) => endMs === row.endMs);
    return { row, predicted: predicted ?? null, container };
  }

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
    realityOf,
    totalCostPerHour,
  };
}
export type BoardNodes = ReturnType<typeof useBoardNodes>;
