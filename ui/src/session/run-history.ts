import {
  END_TO_END,
  type Frame,
  type Measurement,
  type NodeId,
  type SimulationEvent,
} from '@project-devops/simulation/protocol';
import { shallowRef } from 'vue';

/** Rows kept of each node: half an hour of play. End-to-end rows and events are kept whole. */
const NODE_ROWS = 1_800;

/** The rows of one source, whole service and nodes apart. */
function createRows() {
  const endToEnd = shallowRef<readonly Measurement[]>([]);
  const nodes = shallowRef<ReadonlyMap<NodeId, readonly Measurement[]>>(new Map());

  function clear(): void {
    endToEnd.value = [];
    nodes.value = new Map();
  }

  function add(rows: readonly Measurement[]): void {
    const whole: Measurement[] = [];
    const byNode = new Map<NodeId, Measurement[]>();
    for (const row of rows) {
      if (row.node === END_TO_END) {
        whole.push(row);
        continue;
      }
      const list = byNode.get(row.node);
      if (list) list.push(row);
      else byNode.set(row.node, [row]);
    }
    if (whole.length > 0) endToEnd.value = [...endToEnd.value, ...whole];
    if (byNode.size === 0) return;
    const merged = new Map(nodes.value);
    for (const [id, added] of byNode) {
      merged.set(id, [...(merged.get(id) ?? []), ...added].slice(-NODE_ROWS));
    }
    nodes.value = merged;
  }

  const ofNode = (id: NodeId): readonly Measurement[] => nodes.value.get(id) ?? [];
  return { endToEnd, ofNode, add, clear };
}

/** Gathers what the frames bring, predicted and measured rows apart; every list is replaced, never changed, when it grows. */
export function createRunHistory() {
  const events = shallowRef<readonly SimulationEvent[]>([]);
  const predicted = createRows();
  const measured = createRows();

  function clear(): void {
    events.value = [];
    predicted.clear();
    measured.clear();
  }

  function add(frame: Pick<Frame, 'events' | 'rows' | 'restarted'>): void {
    if (frame.restarted) clear();
    if (frame.events.length > 0) events.value = [...events.value, ...frame.events];
    const isMeasured = ({ source }: Measurement): boolean => source === 'measured';
    predicted.add(frame.rows.filter((row) => !isMeasured(row)));
    measured.add(frame.rows.filter(isMeasured));
  }

  return { events, predicted, measured, add, clear };
}
