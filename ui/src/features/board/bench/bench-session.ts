import type {
  CatalogEntry,
  Frame,
  Link,
  LinkView,
  NodeKind,
  NodeView,
  Position,
  SessionInfo,
  Size,
  Snapshot,
  Topology,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { NODE_OPTION_FORMS } from '@project-devops/simulation/protocol';
import type { Session } from '../../../session/session.ts';
import {
  sampleCatalog,
  sampleRow,
  sampleScenario,
  sampleSnapshot,
} from '../../inspector/sample-run.ts';
import { curveBetween } from '../geometry/curve.ts';
import { pathOf } from '../geometry/path.ts';
import { packetSpeed } from '../packets/packet-speed.ts';

/** How large a board to measure with. */
export interface BenchSize {
  readonly nodes: number;
  readonly links: number;
  /** Marks that are to be alive. */
  readonly marks: number;
}

const ROWS = 15;
const COLUMN_STEP = 312;
const ROW_STEP = 120;
const FRAME_MS = 100;
const MEAN_MS = 10;
const KINDS: readonly Exclude<NodeKind, 'clients'>[] = [
  'load-balancer',
  'vm-basic',
  'vm-basic',
  'cache',
  'sql-primary',
  'sql-replica',
];
const SIZES: readonly Size[] = ['S', 'M', 'L', 'XL'];

function benchNode(index: number): TopologyNode {
  const column = Math.floor(index / ROWS);
  const position: Position = { x: column * COLUMN_STEP, y: (index % ROWS) * ROW_STEP };
  const kind = KINDS[column % KINDS.length] ?? 'vm-basic';
  const size = SIZES[index % SIZES.length] ?? 'M';
  const common = { id: `node-${index}`, position, size };
  if (kind === 'load-balancer') return { ...common, kind, policy: 'round-robin' };
  if (kind === 'cache') return { ...common, kind, eviction: 'lru' };
  return { ...common, kind };
}

/** Links lead to the next column, first straight on, then to the row below and so on. */
function benchTopology(size: BenchSize): Topology {
  const nodes = Array.from({ length: size.nodes }, (_, index) => benchNode(index));
  const links: Link[] = [];
  for (let shift = 0; links.length < size.links && shift < ROWS; shift++) {
    for (let i = 0; i + ROWS < size.nodes && links.length < size.links; i++) {
      const to = i - (i % ROWS) + ROWS + ((i + shift) % ROWS);
      if (to < size.nodes) links.push({ from: `node-${i}`, to: `node-${to}` });
    }
  }
  return { nodes, links };
}

/** Calls a second on each link so that just about the wanted number of marks is alive. */
function callsPerLink({ nodes, links }: Topology, marks: number): number {
  const places = new Map(nodes.map((node) => [node.id, node.position]));
  const seconds = links.map(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start && end ? pathOf(curveBetween(start, end)).length / packetSpeed(MEAN_MS) : 0;
  });
  return marks / seconds.reduce((sum, one) => sum + one, 0);
}

function linkView({ from, to }: Link, index: number, calls: number): LinkView {
  const share = calls / 4;
  return {
    from,
    to,
    calls: { static: share, read: share, write: share, compute: share },
    failed: index % 10 === 0 ? share : 0,
    meanMs: MEAN_MS,
  };
}

/** Every tenth node drops requests, and all figures change every second. */
function nodeView(node: TopologyNode, index: number, second: number): NodeView {
  const isHot = index % 10 === 0;
  const utilisation = isHot ? 0.97 : 0.3 + 0.4 * (((index * 7 + second * 13) % 100) / 100);
  const changes = { utilisation, hitRatio: 0.8, lagMs: 40 + (second % 10) };
  return {
    id: node.id,
    state: 'ready',
    measurement: sampleRow(node.id, second * 1000, changes),
    limitedBy: isHot ? { limit: 'cpu', sinceMs: 0 } : null,
    dropped: isHot ? { 'queue-full': 10 + (second % 30) } : {},
    lockWaits: index % 25 === 0 ? 3 : 0,
  };
}

/** A session that knows no rules: it streams made-up snapshots of a large board, ten a second. */
export function createBenchSession(size: BenchSize): Session {
  const topology = benchTopology(size);
  const calls = callsPerLink(topology, size.marks);
  const listeners = new Set<(frame: Frame) => void>();
  const refused = (): Promise<never> => Promise.reject(new Error('The bench only shows frames.'));
  const catalog: readonly CatalogEntry[] = sampleCatalog;
  const info: SessionInfo = {
    scenario: sampleScenario,
    seed: 1,
    forecast: [],
    readOnly: null,
    endMs: null,
  };
  let timeMs = 0;

  function snapshot(): Snapshot {
    const second = Math.floor(timeMs / 1000);
    return {
      ...sampleSnapshot,
      timeMs,
      topology: structuredClone(topology),
      nodes: topology.nodes.map((node, index) => nodeView(node, index, second)),
      links: topology.links.map((link, index) => linkView(link, index, calls)),
    };
  }

  function send(restarted: boolean): void {
    timeMs += FRAME_MS;
    const frame: Frame = {
      snapshot: snapshot(),
      events: [],
      rows: [],
      speed: 1,
      result: null,
      restarted,
    };
    for (const listener of listeners) listener(frame);
  }

  return {
    library: async () => ({
      scenarios: [sampleScenario],
      catalog,
      ruleset: 'bench',
      optionForms: NODE_OPTION_FORMS,
    }),
    async start() {
      queueMicrotask(() => send(true));
      setInterval(() => send(false), FRAME_MS);
      return info;
    },
    dispatch: async () => ({ ok: false, refusal: { code: 'stage-over' } }),
    setSpeed() {},
    openFile: refused,
    seek: refused,
    run: refused,
    without: refused,
    onFrame(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFailure: () => () => {},
    close() {},
  };
}
