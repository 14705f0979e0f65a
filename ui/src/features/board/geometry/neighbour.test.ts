import { describe, expect, it } from 'vitest';
import { nearestNode, neighbourOf } from './neighbour.ts';

const at = (id: string, x: number, y: number) => ({ id, position: { x, y } });
const clients = at('clients', 0, 0);
const web1 = at('web-1', 400, -200);
const web2 = at('web-2', 400, 200);
const stranger = at('cache', 200, 0);
const nodes = [clients, web1, web2, stranger];
const links = [
  { from: 'clients', to: 'web-1' },
  { from: 'clients', to: 'web-2' },
];

describe('arrow keys', () => {
  it('follow a link before they go to a nearer stranger', () => {
    expect(neighbourOf(clients, nodes, links, 'right')).toBe('web-1');
  });

  it('follow a link backwards', () => {
    expect(neighbourOf(web2, nodes, links, 'left')).toBe('clients');
  });

  it('go to whatever lies ahead where no link does', () => {
    expect(neighbourOf(web1, nodes, links, 'down')).toBe('web-2');
    expect(neighbourOf(stranger, nodes, links, 'right')).toBe('web-1');
  });

  it('stay at the edge', () => {
    expect(neighbourOf(web1, nodes, links, 'up')).toBeNull();
    expect(neighbourOf(clients, [clients], [], 'right')).toBeNull();
  });

  it('reach every node of a grid', () => {
    const grid = Array.from({ length: 12 }, (_, i) =>
      at(`n${i}`, (i % 4) * 200, Math.floor(i / 4) * 100),
    );
    const reached = new Set<string>();
    const queue = ['n0'];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const from = grid.find((node) => node.id === id);
      if (!from || reached.has(id)) continue;
      reached.add(id);
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbourOf(from, grid, [], direction);
        if (next) queue.push(next);
      }
    }
    expect(reached.size).toBe(12);
  });
});

describe('the nearest node', () => {
  it('takes the focus over from one that is gone', () => {
    expect(nearestNode({ x: 380, y: 150 }, nodes)).toBe('web-2');
    expect(nearestNode({ x: 0, y: 0 }, [])).toBeNull();
  });
});
