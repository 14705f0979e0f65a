import { describe, expect, it } from 'vitest';
import { NODE_HEIGHT } from '../../../building/node-box.ts';
import { VERTEX_SIZE } from './packet-field.ts';
import { createSmoke } from './smoke.ts';
import { puffSprite, SPRITE_COUNT } from './sprites.ts';

const chimneys = [{ id: 'web-1', position: { x: -300, y: 100 } }];

describe('smoke', () => {
  it('rises above the card, behind the marks that are there', () => {
    const vertices = new Float32Array(100 * VERTEX_SIZE);
    const count = createSmoke().place(chimneys, vertices, 3);
    expect(count).toBeGreaterThan(3);
    for (let i = 3; i < count; i++) {
      const y = vertices[i * VERTEX_SIZE + 1] ?? 0;
      const sprite = vertices[i * VERTEX_SIZE + 2] ?? -1;
      expect(y).toBeLessThanOrEqual(100 - NODE_HEIGHT / 2);
      expect(y).toBeGreaterThan(100 - NODE_HEIGHT / 2 - 50);
      expect(sprite).toBeGreaterThanOrEqual(puffSprite(0));
      expect(sprite).toBeLessThan(SPRITE_COUNT);
    }
  });

  it('moves with time only', () => {
    const smoke = createSmoke();
    const read = () => {
      const vertices = new Float32Array(30 * VERTEX_SIZE);
      smoke.place(chimneys, vertices, 0);
      return vertices;
    };
    const before = read();
    expect(read()).toEqual(before);
    smoke.step(0.4);
    expect(read()).not.toEqual(before);
  });

  it('stops where the room ends', () => {
    const vertices = new Float32Array(2 * VERTEX_SIZE);
    expect(createSmoke().place(chimneys, vertices, 0)).toBe(2);
  });
});
