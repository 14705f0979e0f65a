import { describe, expect, it } from 'vitest';
import { curveBetween } from '../geometry/curve.ts';
import { distanceToPath, pathOf } from '../geometry/path.ts';
import type { LinkFlow } from './emitter.ts';
import { createPacketField, type PacketLink, VERTEX_SIZE } from './packet-field.ts';
import { SPRITE_OPERATIONS, spriteOf } from './sprites.ts';

const path = pathOf(curveBetween({ x: 0, y: 0 }, { x: 548, y: 120 }));
const rates = (read: number): number[] => SPRITE_OPERATIONS.map((op) => (op === 'read' ? read : 0));
const READ = SPRITE_OPERATIONS.indexOf('read');

function link(key: string, flow: Partial<LinkFlow> = {}): PacketLink {
  return { key, path, flow: { rates: rates(20), failedShare: 0, speed: 100, ...flow } };
}

/** Plays at 60 frames a second. */
function play(field: ReturnType<typeof createPacketField>, seconds: number, perMark = 1): void {
  for (let i = 0; i < seconds * 60; i++) field.step(1 / 60, perMark);
  field.place();
}

function marks(field: ReturnType<typeof createPacketField>) {
  return Array.from({ length: field.count }, (_, i) => ({
    x: field.vertices[i * VERTEX_SIZE] ?? 0,
    y: field.vertices[i * VERTEX_SIZE + 1] ?? 0,
    sprite: field.vertices[i * VERTEX_SIZE + 2] ?? 0,
  }));
}

describe('packets', () => {
  it('are as many as rate, length and speed say', () => {
    const field = createPacketField();
    field.setLinks([link('a>b')]);
    play(field, 20);
    const expected = (20 * path.length) / 100;
    expect(field.count).toBeGreaterThan(expected * 0.9);
    expect(field.count).toBeLessThan(expected * 1.1);
  });

  it('are fewer when a mark stands for more requests', () => {
    const field = createPacketField();
    field.setLinks([link('a>b')]);
    play(field, 20, 10);
    expect(field.count).toBeLessThan(((20 * path.length) / 100 / 10) * 1.5);
    expect(field.count).toBeGreaterThan(2);
  });

  it('keep to their link, evenly spread', () => {
    const field = createPacketField();
    field.setLinks([link('a>b')]);
    play(field, 20);
    const all = marks(field);
    for (const mark of all) expect(distanceToPath(path, mark)).toBeLessThan(3);
    const xs = all.map(({ x }) => x).sort((a, b) => a - b);
    const gaps = xs.slice(1).map((x, i) => x - (xs[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan((100 / 20) * 3);
  });

  it('bear the operation, and the share of failures as crossed out marks', () => {
    const field = createPacketField();
    field.setLinks([link('a>b', { failedShare: 0.25 })]);
    play(field, 20);
    const all = marks(field);
    const failed = all.filter(({ sprite }) => sprite === spriteOf(READ, true)).length;
    expect(all.every(({ sprite }) => Math.floor(sprite / 2) === READ)).toBe(true);
    expect(failed / all.length).toBeCloseTo(0.25, 1);
  });

  it('stand still while no time passes', () => {
    const field = createPacketField();
    field.setLinks([link('a>b')]);
    play(field, 5);
    const before = marks(field);
    field.step(0, 1);
    field.place();
    expect(marks(field)).toEqual(before);
  });

  it('go with their link and stay on the others', () => {
    const field = createPacketField();
    field.setLinks([link('a>b'), link('b>c', { rates: rates(0) })]);
    play(field, 5);
    const alive = field.count;
    field.setLinks([link('b>c'), link('a>b')]);
    field.place();
    expect(field.count).toBe(alive);
    field.setLinks([link('b>c', { rates: rates(0) })]);
    expect(field.count).toBe(0);
  });

  it('never outgrow their room', () => {
    const field = createPacketField();
    field.setLinks([link('a>b', { rates: rates(50_000), speed: 30 })]);
    play(field, 3);
    expect(field.count * VERTEX_SIZE).toBeLessThanOrEqual(field.vertices.length);
  });

  it('stand evenly on the links when motion is reduced', () => {
    const field = createPacketField();
    field.setLinks([link('a>b'), link('b>c', { rates: rates(0) })]);
    field.freeze(10);
    field.place();
    expect(field.count).toBe(Math.round((20 * path.length) / 100 / 10));
    const again = createPacketField();
    again.setLinks([link('a>b', { rates: rates(0.01) })]);
    again.freeze(10);
    expect(again.count).toBe(1);
  });
});
