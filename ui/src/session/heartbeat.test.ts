import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHeartbeat } from './heartbeat.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('keeps quiet as long as it hears something', () => {
  const dead = vi.fn();
  const heartbeat = createHeartbeat(() => heartbeat.heard(), dead);
  vi.advanceTimersByTime(600_000);
  expect(dead).not.toHaveBeenCalled();
  heartbeat.stop();
});

it('reports once after several beats without an answer', () => {
  const dead = vi.fn();
  createHeartbeat(() => {}, dead);
  vi.advanceTimersByTime(12_000);
  expect(dead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(dead).toHaveBeenCalledOnce();
});

it('counts beats, so that one late answer after a sleep is enough', () => {
  const dead = vi.fn();
  const heartbeat = createHeartbeat(() => {}, dead);
  vi.advanceTimersByTime(9_000);
  heartbeat.heard();
  vi.advanceTimersByTime(9_000);
  expect(dead).not.toHaveBeenCalled();
  heartbeat.stop();
});
