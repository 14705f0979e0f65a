import type { TopologyNode } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { movedBy, placeForClone, placeForNewcomer } from './board-place.ts';
import { areCrowded } from './node-box.ts';

const vm = (id: string, x: number, y: number): TopologyNode => ({
  kind: 'vm-basic',
  id,
  size: 'S',
  position: { x, y },
});

it('sets a copy under its original', () => {
  const { x, y } = placeForClone({ x: 96, y: 96 }, [vm('web-1', 96, 96)]);
  expect(x).toBe(96);
  expect(y).toBeGreaterThan(96);
});

it('finds a place of its own for each of many newcomers and copies', () => {
  const nodes = [vm('web-1', 0, 0)];
  for (let i = 0; i < 20; i++) {
    const place = i % 2 ? placeForNewcomer(nodes) : placeForClone({ x: 0, y: 0 }, nodes);
    expect(nodes.some((node) => areCrowded(node.position, place))).toBe(false);
    nodes.push(vm(`web-${i + 2}`, place.x, place.y));
  }
});

it('moves by squares and stays on the board', () => {
  expect(movedBy({ x: 0, y: 0 }, 1, -2)).toEqual({ x: 24, y: -48 });
  expect(movedBy({ x: 19_990, y: -19_990 }, 1, -1)).toEqual({ x: 20_000, y: -20_000 });
});
