import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { NODE_HEIGHT, NODE_WIDTH } from '../../../building/node-box.ts';
import { createJitter } from './emitter.ts';
import { VERTEX_SIZE } from './packet-field.ts';
import { puffSprite } from './sprites.ts';

/** A place that smokes. */
export interface Chimney {
  readonly id: NodeId;
  readonly position: Position;
}

const PUFFS_PER_CHIMNEY = 12;
const LIFE_SECONDS = 2.1;
/** How far a puff rises and sways in its life, in board units. */
const RISE = 44;
const SWAY = 5;
/** Smoke rises between the card's left edge and its badges. */
const FLUE = -NODE_WIDTH / 2 + 13;
const FLUE_SPACING = 10;

/** Smoke over nodes at their limit: a pure function of time, so that it stands still with the game. */
export function createSmoke() {
  const jitter = createJitter(7);
  const phases = Array.from({ length: PUFFS_PER_CHIMNEY }, jitter);
  let seconds = 0;

  /** Writes the puffs of all places behind the `count` marks already there; answers how many there are then. */
  function place(chimneys: readonly Chimney[], vertices: Float32Array, count: number): number {
    let next = count;
    for (const { position } of chimneys) {
      for (let puff = 0; puff < PUFFS_PER_CHIMNEY; puff++) {
        if ((next + 1) * VERTEX_SIZE > vertices.length) return next;
        const age = (seconds / LIFE_SECONDS + (phases[puff] ?? 0) + Math.abs(position.x) / 977) % 1;
        const sway = Math.sin((age + puff / PUFFS_PER_CHIMNEY) * Math.PI * 2) * SWAY * age;
        const flue = FLUE + (puff % 3) * FLUE_SPACING;
        vertices[next * VERTEX_SIZE] = position.x + flue + sway;
        vertices[next * VERTEX_SIZE + 1] = position.y - NODE_HEIGHT / 2 - age * RISE;
        vertices[next * VERTEX_SIZE + 2] = puffSprite(age);
        next++;
      }
    }
    return next;
  }

  return {
    step(by: number): void {
      seconds += by;
    },
    place,
  };
}
