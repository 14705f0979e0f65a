import { expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

it('lets in no more than its limit and tells the peak since the last time', () => {
  const backlog = new Backlog(2);
  expect([backlog.enter(), backlog.enter(), backlog.enter()]).toEqual([true, true, false]);
  backlog.leave();
  expect(backlog.held).toBe(1);
  expect(backlog.takePeak()).toBe(2);
  expect(backlog.takePeak()).toBe(1);
  backlog.setLimit(1);
  expect(backlog.enter()).toBe(false);
});
