import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';
import { WaitList } from './wait-list.ts';

describe('Jobs', () => {
  it('grows under lists that stand in it, with their order, demands and marks', () => {
    const jobs = new Jobs(2);
    const list = new WaitList(jobs);
    for (let job = 0; job < 100; job++) {
      if (job >= jobs.next.length) jobs.grow(jobs.next.length * 2);
      jobs.demandMs[job] = job / 2;
      jobs.cancelled[job] = job % 3 === 0 ? 1 : 0;
      list.push(job);
    }
    for (let job = 0; job < 100; job++) {
      expect(list.shift()).toBe(job);
      expect(jobs.demandMs[job]).toBe(job / 2);
      expect(jobs.cancelled[job]).toBe(job % 3 === 0 ? 1 : 0);
    }
    expect(jobs.next[127]).toBe(-1);
    expect(jobs.prev[127]).toBe(-1);
  });
});
