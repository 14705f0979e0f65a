import type { Measurement, NodeId, Topology } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { busiestServer } from './tutorial-topology.ts';

const position = { x: 0, y: 0 };
const TOPOLOGY: Topology = {
  nodes: [
    { kind: 'vm-basic', id: 'web-1', size: 'S', position },
    { kind: 'vm-basic', id: 'web-2', size: 'S', position },
    { kind: 'sql-primary', id: 'primary', size: 'S', position },
  ],
  links: [],
};

function busiest(utilisations: Readonly<Record<NodeId, readonly (number | null)[]>>) {
  return busiestServer(TOPOLOGY, (id) =>
    (utilisations[id] ?? []).map((utilisation) => ({ utilisation }) as Measurement),
  );
}

describe('the busiest server', () => {
  it('is unknown before anything was measured', () => {
    expect(busiest({})).toBeNull();
  });

  it('is a server, however busy the database is', () => {
    expect(busiest({ 'web-1': [0.5], primary: [1] })?.id).toBe('web-1');
  });

  it('is not decided by one busy second', () => {
    const once = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const steady = Array.from({ length: 10 }, () => 0.5);
    expect(busiest({ 'web-1': once, 'web-2': steady })).toEqual({ id: 'web-2', utilisation: 0.5 });
  });

  it('looks at the last ten seconds only', () => {
    const calmNow = [
      ...Array.from({ length: 20 }, () => 1),
      ...Array.from({ length: 10 }, () => 0),
    ];
    expect(busiest({ 'web-1': calmNow })?.utilisation).toBe(0);
  });
});
