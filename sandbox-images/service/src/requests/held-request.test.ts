import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Failure, failedHere } from './failure.ts';
import { HeldRequest } from './held-request.ts';

const TIMED_OUT = failedHere('time-out', 'web');
const answers: (Failure | null)[] = [];
const hold = () => new HeldRequest(100, TIMED_OUT, (answer) => answers.push(answer));

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

it('answers when its time is over, and no second time when its work ends', () => {
  const request = hold();
  vi.advanceTimersByTime(100);
  expect(answers).toEqual([TIMED_OUT]);
  expect(request.abandoned).toBe(true);
  request.end(null);
  expect(answers).toEqual([TIMED_OUT]);
});

it('answers once its work is done, and is not abandoned after', () => {
  const request = hold();
  request.end(null);
  request.abandon(TIMED_OUT);
  vi.advanceTimersByTime(1_000);
  expect(answers).toEqual([null]);
  expect(request.abandoned).toBe(false);
});

it('tells a wait that it is abandoned, unless the wait is over', () => {
  const left = vi.fn();
  const request = hold();
  request.onAbandon(left);
  request.abandon(TIMED_OUT);
  expect(left).toHaveBeenCalledOnce();
  const other = hold();
  other.onAbandon(left);
  other.onAbandon(null);
  other.abandon(TIMED_OUT);
  expect(left).toHaveBeenCalledOnce();
});
