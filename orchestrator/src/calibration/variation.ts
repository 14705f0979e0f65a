import {
  type ApplicationOperation,
  type CalibratedWork,
  END_TO_END,
  type NodeKind,
  type Profile,
} from '@project-devops/simulation/protocol';
import { mergeRows } from '../comparison/merge-rows.ts';
import type { FittedDemands } from './demands.ts';
import { operationCounts, type ProbedWindows } from './probe.ts';
import { varianceFromBuckets } from './spread.ts';

/** Below this share of a class's variance a work's own is lost in the errors of the others'. */
const MIN_OWN_SHARE = 0.3;
const MAX_CV = 3;

/** Variances of latencies at light load, in ms^2; null where the buckets do not tell. */
export interface LightLoadVariances {
  /** Of the application's answer to a class of these operations. */
  readonly classes: readonly {
    readonly operations: readonly ApplicationOperation[];
    readonly variance: number | null;
  }[];
  /** Of a call to the database. */
  readonly calls: Readonly<Record<'read' | 'write', number | null>>;
}

/**
 * Coefficients of variation of the works. Requests of one class that come evenly spaced at light load do not
 * wait for each other, so the variance of a class's latency is the sum of its works' (calls included). A
 * work whose own part is not to be told gets what the sandbox was told to draw (`targets`), of the same
 * standard deviation; one that draws nothing gets 0.
 */
export function variations(
  seen: LightLoadVariances,
  demands: FittedDemands['works'],
  targets: Profile['demands'],
): Readonly<Record<CalibratedWork, number>> {
  const found = appVariances(seen);
  const drawn = (work: CalibratedWork) => (targets[work].cv * targets[work].meanMs) ** 2;
  const cv = (work: CalibratedWork, variance: number | null) =>
    demands[work].value > 0
      ? Math.min(MAX_CV, Math.sqrt(variance ?? drawn(work)) / demands[work].value)
      : 0;
  return {
    'balancer-request': 0,
    'app-static': cv('app-static', found.static),
    'app-read': cv('app-read', found.read),
    'app-write': cv('app-write', found.write),
    'app-compute': cv('app-compute', found.compute),
    'sql-read': cv('sql-read', seen.calls.read),
    'sql-write': cv('sql-write', seen.calls.write),
    'sql-apply': 0,
    'cache-get': 0,
    'cache-set': 0,
  };
}

type AppVariances = Readonly<Record<ApplicationOperation, number | null>>;

/** Solves class after class, the simplest first: each may have one operation whose variance is not known yet. */
function appVariances({ classes, calls }: LightLoadVariances): AppVariances {
  const found: Record<ApplicationOperation, number | null> = {
    static: null,
    read: null,
    write: null,
    compute: null,
  };
  const tried = new Set<ApplicationOperation>();
  const simplestFirst = classes.toSorted((a, b) => a.operations.length - b.operations.length);
  for (const { operations, variance } of simplestFirst) {
    const counts = operationCounts(operations);
    const unknown = (Object.keys(counts) as ApplicationOperation[]).filter(
      (operation) => counts[operation] > 0 && !tried.has(operation),
    );
    const [operation] = unknown;
    if (operation === undefined || unknown.length > 1) continue;
    tried.add(operation);
    found[operation] = ownPart(operation, counts, variance, found, calls);
  }
  return found;
}

function ownPart(
  operation: ApplicationOperation,
  counts: Readonly<Record<ApplicationOperation, number>>,
  variance: number | null,
  found: AppVariances,
  calls: LightLoadVariances['calls'],
): number | null {
  if (variance === null) return null;
  let rest = variance;
  for (const other of Object.keys(counts) as ApplicationOperation[]) {
    if (counts[other] === 0) continue;
    const call = other === 'read' || other === 'write' ? calls[other] : 0;
    const own = other === operation ? 0 : found[other];
    if (call === null || own === null) return null;
    rest -= counts[other] * (own + call);
  }
  return rest < MIN_OWN_SHARE * variance ? null : rest / counts[operation];
}

/** Reads the variances from probes of an application with its database and nothing else. */
export function lightLoadVariances(probes: readonly ProbedWindows[]): LightLoadVariances {
  const plain = probes.filter(({ topology }) => topology.nodes.length === 3);
  const calling = (operation: 'read' | 'write') =>
    plain.find(({ operations }) => new Set(operations).has(operation));
  return {
    classes: plain.map((probe) => ({
      operations: probe.operations,
      variance: varianceAt(probe, 'vm-basic'),
    })),
    calls: {
      read: varianceAt(calling('read'), 'sql-primary'),
      write: varianceAt(calling('write'), 'sql-primary'),
    },
  };
}

function varianceAt(probe: ProbedWindows | undefined, kind: NodeKind): number | null {
  const id = probe?.topology.nodes.find((node) => node.kind === kind)?.id ?? END_TO_END;
  const rows = (probe?.windows ?? []).flatMap((window) => window.filter(({ node }) => node === id));
  return rows.length === 0 ? null : varianceFromBuckets(mergeRows(rows).latency.bucketCounts);
}
