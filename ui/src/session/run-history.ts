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

/** Gathers what the frames bring; every list is replaced, never changed, when it grows. */
export function createRunHistory() {
  const events = shallowRef<readonly SimulationEvent[]>([]);
  const endToEnd = shallowRef<readonly Measurement[]>([]);
  const nodes = shallowRef<ReadonlyMap<NodeId, readonly Measurement[]>>(new Map());

  function clear(): void {
    events.value = [];
    endToEnd.value = [];
    nodes.value = new Map();
  }

  function addRows(rows: readonly Measurement[]): void {
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

  function add(frame: Pick<Frame, 'events' | 'rows' | 'restarted'>): void {
    if (frame.restarted) clear();
    if (frame.events.length > 0) events.value = [...events.value, ...frame.events];
    if (frame.rows.length > 0) addRows(frame.rows);
  }

  const nodeHistory = (id: NodeId): readonly Measurement[] => nodes.value.get(id) ?? [];

  return { events, endToEnd, nodeHistory, add, clear };
}
