import { describe, expect, it } from 'vitest';
import { type Lab, meanMs, QueueLab, singleStation } from '../testing/queue-lab.ts';
import { delay } from './step.ts';

describe('the step delay', () => {
  const lab: Lab = {
    ...singleStation('fifo', 1, [delay(12.345)]),
    demands: { 'app-static': { meanMs: 1, cv: 0 } },
    arrivals: 'uniform',
  };

  it('takes its time, and no CPU', () => {
    const run = new QueueLab(lab, 1);
    run.offer(0.5);
    const row = run.run(10_000);
    expect(meanMs(row('*'))).toBeCloseTo(13.345, 6);
    expect(row('vm-basic').utilisation).toBeCloseTo(0.5, 2);
  });

  it('holds up nobody else', () => {
    const run = new QueueLab(lab, 1);
    run.offer(0.5);
    run.run(10_000);
    expect(run.run(10_000)('vm-basic').inFlight).toBeGreaterThan(5);
    expect(run.run(10_000)('vm-basic').queueDepth).toBe(0);
  });

  it('is cut short by nothing: a request that nobody waits for ends when it is over', () => {
    const impatient = { operations: ['static' as const], revenue: 0, onTimeMs: 1, timeoutMs: 5 };
    const run = new QueueLab({ ...lab, classes: { any: impatient } }, 1);
    run.offer(0.5);
    run.run(1_000);
    run.offer(0);
    const row = run.run(12);
    expect(row('vm-basic').inFlight).toBeGreaterThan(0);
    expect(run.run(1)('vm-basic').inFlight).toBe(0);
  });
});
