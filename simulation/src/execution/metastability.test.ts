import { describe, expect, it } from 'vitest';
import type { CallOptions } from '../protocol/index.ts';
import { patient, QueueLab, singleStation } from '../testing/queue-lab.ts';

/**
 * Metastable failure (Bronson et al., HotOS 2021): clients that give up after half a second and try again up
 * to five times, at a server that takes ten milliseconds a request and is told nothing of clients that gave up.
 */
const calls = (budgetRatio: number | null): CallOptions => ({
  timeoutMs: 500,
  retries: { attempts: 5, backoffMs: 100, jitter: true, budgetRatio },
});
const STEADY = 0.07;
const SEEDS = Array.from({ length: 20 }, (_, i) => 5000 + i);

/** Whether most requests still fail half a minute after the trigger, three seconds at three times the load, is over. */
function collapses(options: CallOptions, seed: number, trigger: number): boolean {
  const lab = {
    ...singleStation('fifo', 1),
    links: [{ from: 'clients', to: 'vm-basic', calls: options }],
    demands: { 'app-static': { meanMs: 10, cv: 0.5 } },
    classes: { any: patient('static') },
  };
  const run = new QueueLab(lab, seed);
  run.offer(STEADY);
  run.run(5_000);
  run.offer(STEADY * trigger);
  run.run(3_000);
  run.offer(STEADY);
  run.run(25_000);
  const row = run.run(5_000)('*');
  return row.served < row.offered / 2;
}

const collapsed = (budgetRatio: number | null, trigger: number) =>
  SEEDS.filter((seed) => collapses(calls(budgetRatio), seed, trigger)).length;

/** In 20 of 20 runs or in none: the probability is above .86, or below .14, with 95 % confidence. */
describe('a service at 70 % load whose clients try again', () => {
  it('stays down long after an overload is over when retries are without limit', () => {
    expect(collapsed(null, 3)).toBe(SEEDS.length);
  });

  it('comes back when retries have a budget', () => {
    expect(collapsed(0.1, 3)).toBe(0);
  });

  it('never goes down when nothing triggers it', () => {
    expect(collapsed(null, 1)).toBe(0);
  });
});
