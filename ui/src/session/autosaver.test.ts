import type { Frame, Run, SessionInfo } from '@project-devops/simulation/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAutosaver } from './autosaver.ts';

const info = { readOnly: null } as SessionInfo;
const frameAt = (timeMs: number, result: object | null = null) =>
  ({ snapshot: { timeMs }, result }) as unknown as Frame;
const saved = { endMs: 1 } as Run;
const write = vi.fn((_: Run) => true);
const clear = vi.fn();
const create = () => createAutosaver(async () => saved, { write, clear });

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
});
afterEach(() => {
  vi.useRealTimers();
});

it('saves every few seconds while time moves', async () => {
  const autosaver = create();
  autosaver.started(info);
  for (let i = 1; i <= 120; i++) {
    autosaver.saw(frameAt(i * 100));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(write).toHaveBeenCalledTimes(2);
  autosaver.close();
});

it('saves soon after an action, once for several', async () => {
  const autosaver = create();
  autosaver.started(info);
  autosaver.saw(frameAt(100));
  for (let i = 0; i < 5; i++) autosaver.acted();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(write).toHaveBeenCalledExactlyOnceWith(saved);
});

it('does not save while time stands still', async () => {
  const autosaver = create();
  autosaver.started(info);
  for (let i = 0; i < 20; i++) autosaver.saw(frameAt(0));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(write).not.toHaveBeenCalled();
});

it('forgets the save when the stage is over', async () => {
  const autosaver = create();
  autosaver.started(info);
  autosaver.acted();
  autosaver.saw(frameAt(100, { ending: 'won' }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(clear).toHaveBeenCalledOnce();
  expect(write).not.toHaveBeenCalled();
});

it('never saves a run that is watched', async () => {
  const autosaver = create();
  autosaver.started({ readOnly: 'watching' } as SessionInfo);
  autosaver.acted();
  autosaver.saw(frameAt(100, { ending: 'won' }));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(write).not.toHaveBeenCalled();
  expect(clear).not.toHaveBeenCalled();
});
