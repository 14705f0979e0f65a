import { describe, expect, it } from 'vitest';
import { sampleNodes } from '../features/inspector/sample-run.ts';
import { areCrowded, snapToGrid } from './node-box.ts';
import { freePlaceNear, nodeInTheWay, placementReason } from './placement.ts';
import type { Situation } from './purchase.ts';

const size = {
  size: 'S',
  price: 60,
  costPerHour: 2,
  cpuMillicores: 250,
  memoryMiB: 128,
  connections: 128,
} as const;
const situation: Situation = {
  phase: 'operation',
  readOnly: null,
  money: 100,
  nodeCount: sampleNodes.length,
  shop: ['vm-basic'],
};
const far = { x: 960, y: 960 };

describe('setting a node down', () => {
  it('is allowed on free ground with enough money', () => {
    expect(placementReason(situation, 'vm-basic', size, far, sampleNodes)).toBeNull();
  });

  it('says how much money is missing', () => {
    const poor = { ...situation, money: 45 };
    expect(placementReason(poor, 'vm-basic', size, far, sampleNodes)).toMatchObject({ money: 15 });
  });

  it('names the node that stands there', () => {
    const reason = placementReason(situation, 'vm-basic', size, { x: 430, y: 50 }, sampleNodes);
    expect(reason).toEqual({ key: 'board.occupied', node: 'web-2' });
  });

  it('is closed in a run that is only watched', () => {
    const watched = { ...situation, readOnly: 'watching' as const };
    expect(placementReason(watched, 'vm-basic', size, far, sampleNodes)?.key).toContain('watching');
  });
});

describe('a free place', () => {
  it('is the wanted one when nothing stands there', () => {
    expect(freePlaceNear(far, sampleNodes)).toEqual(far);
  });

  it('is near, on the grid, and crowds nobody', () => {
    const place = freePlaceNear({ x: 440, y: 0 }, sampleNodes);
    expect(snapToGrid(place)).toEqual(place);
    expect(sampleNodes.some((node) => areCrowded(node.position, place))).toBe(false);
    expect(Math.hypot(place.x - 440, place.y)).toBeLessThan(260);
  });

  it('overlooks the node that is being moved', () => {
    expect(nodeInTheWay({ x: 445, y: 62 }, sampleNodes, 'web-2')).toBeNull();
  });
});
