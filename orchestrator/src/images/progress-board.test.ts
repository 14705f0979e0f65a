import type { ImageProgress } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { ProgressBoard } from './progress-board.ts';

function watched() {
  const clock = createFakeClock();
  const told: (readonly ImageProgress[])[] = [];
  const board = new ProgressBoard(['redis', 'k6'], clock, (progress) => told.push(progress));
  return { clock, told, board };
}

describe('the progress of images', () => {
  it('is told at once when a status changes', () => {
    const { told, board } = watched();
    board.begin('redis');
    board.finish('redis');
    board[Symbol.dispose]();
    expect(told.map((progress) => progress.map(({ status }) => status))).toEqual([
      ['waiting', 'waiting'],
      ['working', 'waiting'],
      ['ready', 'waiting'],
    ]);
  });

  it('says what is done, a few times a second and not at every line', async () => {
    const { clock, told, board } = watched();
    const doing = board.begin('k6');
    const before = told.length;
    for (let i = 0; i < 100; i++) {
      await clock.run(10);
      doing(`compiling package ${i}`);
    }
    board[Symbol.dispose]();
    expect(told.length - before).toBe(4);
    expect(told.at(-1)?.[1]).toMatchObject({ status: 'working', doing: 'compiling package 99' });
  });

  it('goes on telling how long a silent step takes, until it is disposed of', async () => {
    const { clock, told, board } = watched();
    board.begin('k6');
    for (let i = 0; i < 3; i++) await clock.run(1_000);
    expect(told.at(-1)?.[1]?.sinceMs).toBe(3_000);
    board[Symbol.dispose]();
    const before = told.length;
    await clock.run(5_000);
    expect(told).toHaveLength(before);
  });
});
