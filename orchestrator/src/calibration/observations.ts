import {
  type CalibratedWork,
  errorRatio,
  type Measurement,
  type NodeKind,
  type TopologyNode,
} from '@project-devops/simulation/protocol';
import type { Sample } from './least-squares.ts';
import { operationCounts, type ProbedWindows } from './probe.ts';

/** Kinds whose CPU is measured, and so have a background of their own. */
export const PROBED_KINDS = [
  'load-balancer',
  'vm-basic',
  'sql-primary',
  'sql-replica',
  'cache',
] as const satisfies readonly NodeKind[];
export type ProbedKind = (typeof PROBED_KINDS)[number];
/** CPU time is spent on works, and by the second on what goes on without requests. */
export type CpuColumn = CalibratedWork | `background:${ProbedKind}`;

/** CPU time (ms) of one node in one window, and the works in it. */
export interface CpuObservation extends Sample<CpuColumn> {
  readonly kind: ProbedKind;
  /** Windows of one probe scatter alike. */
  readonly group: string;
}

/** A window with more errors says nothing of light load. */
const MAX_ERROR_RATIO = 0.01;

/** What each window says of each node; windows with errors, and rows that did not tell their CPU, are left out. */
export function observationsOf(probed: ProbedWindows): readonly CpuObservation[] {
  return probed.windows.filter(isClean).flatMap((rows) =>
    probed.topology.nodes.flatMap((node) => {
      const row = rows.find((each) => each.node === node.id);
      return row === undefined ? [] : (observation(node, row, rows, probed) ?? []);
    }),
  );
}

function isClean([service]: readonly Measurement[]): boolean {
  return service !== undefined && (errorRatio(service) ?? 0) <= MAX_ERROR_RATIO;
}

function observation(
  node: TopologyNode,
  row: Measurement,
  rows: readonly Measurement[],
  probed: ProbedWindows,
): CpuObservation | null {
  const cores = probed.cores[node.id];
  const kind = PROBED_KINDS.find((each) => each === node.kind);
  if (kind === undefined || row.utilisation === null || cores === undefined) return null;
  const windowMs = row.endMs - row.startMs;
  const works = WORKS_OF[kind](row, requestsWith(rows, probed));
  return {
    kind,
    group: `${kind} ${probed.name}`,
    y: row.utilisation * cores * windowMs,
    x: { [`background:${kind}`]: windowMs / 1000, ...works },
  };
}

/** Operations that the window's requests were made of, in all application servers together. */
interface Operations {
  readonly perRequest: Record<'static' | 'read' | 'write' | 'compute', number>;
  readonly reads: number;
  readonly writes: number;
}

function requestsWith(rows: readonly Measurement[], probed: ProbedWindows): Operations {
  const perRequest = operationCounts(probed.operations);
  const apps = probed.topology.nodes.filter(({ kind }) => kind === 'vm-basic');
  const requests = apps.reduce(
    (sum, { id }) => sum + (rows.find(({ node }) => node === id)?.served ?? 0),
    0,
  );
  return { perRequest, reads: requests * perRequest.read, writes: requests * perRequest.write };
}

type Works = Partial<Record<CalibratedWork, number>>;

/** How a node's row and the requests' operations tell how often each work was done there. */
const WORKS_OF: Readonly<Record<ProbedKind, (row: Measurement, all: Operations) => Works>> = {
  'load-balancer': ({ served }) => ({ 'balancer-request': served }),
  'vm-basic': ({ served }, { perRequest }) => ({
    'app-static': served * perRequest.static,
    'app-read': served * perRequest.read,
    'app-write': served * perRequest.write,
    'app-compute': served * perRequest.compute,
  }),
  'sql-primary': ({ served }, { writes }) => ({
    'sql-read': Math.max(0, served - writes),
    'sql-write': Math.min(served, writes),
  }),
  'sql-replica': ({ served }, { writes }) => ({ 'sql-read': served, 'sql-apply': writes }),
  cache: ({ hitRatio }, { reads, writes }) => ({
    'cache-get': reads,
    'cache-set': reads * (1 - (hitRatio ?? 0)) + writes,
  }),
};
