import { describe, expect, it } from 'vitest';
import { SPRITE_OPERATIONS, spriteOf } from './sprites.ts';
import { stillMarks } from './still-marks.ts';

describe('still marks', () => {
  it('give each operation its share, mixed', () => {
    const flow = { rates: [3, 1, 0, 0], failedShare: 0, speed: 100 };
    const marks = stillMarks(flow, 8);
    expect(marks.filter((mark) => mark === spriteOf(0, false))).toHaveLength(6);
    expect(marks.filter((mark) => mark === spriteOf(1, false))).toHaveLength(2);
    expect(marks.slice(0, 4)).toContain(spriteOf(1, false));
  });

  it('cross out the share that failed', () => {
    const flow = { rates: SPRITE_OPERATIONS.map(() => 1), failedShare: 0.5, speed: 100 };
    expect(stillMarks(flow, 12).filter((mark) => mark % 2 === 1)).toHaveLength(6);
  });

  it('are none without calls', () => {
    expect(stillMarks({ rates: [0, 0, 0, 0], failedShare: 0, speed: 100 }, 5)).toEqual([]);
  });
});
