import { describe, expect, it } from 'vitest';
import type { CallOptions } from '../protocol/index.ts';
import { errorCount, type Measurement } from '../protocol/index.ts';
import { patient, QueueLab, singleStation } from '../testing/queue-lab.ts';
import type { Resource } from './resource.ts';
import { type Step, take } from './step.ts';

/** A station of one server that every request passes once in exactly `serviceMs`, called with options. */
function lab(
  calls: CallOptions | undefined,
  serviceMs: number,
  before: readonly Step[] = [],
  resources: Readonly<Record<string, Resource>> = {},
): QueueLab {
  const station = singleStation('fifo', 1, before, resources);
  return new QueueLab(
    {
      ...station,
      links: [{ from: 'clients', to: 'vm-basic', ...(calls && { calls }) }],
      demands: { 'app-static': { meanMs: serviceMs, cv: 0 } },
      arrivals: 'uniform',
      classes: { any: patient('static') },
    },
    1,
  );
}

const retries = { attempts: 2, backoffMs: 10, jitter: false, budgetRatio: null };

function accounted(row: Measurement): void {
  expect(row.offered).toBe(row.served + errorCount(row.errors) + row.inFlight);
}

describe('a call with a time-out', () => {
  it('fails at the caller after it, while the called node works on', () => {
    const run = lab({ timeoutMs: 20 }, 50);
    run.offer(0.01);
    const row = run.run(1_000);
    expect(row('*').served).toBe(0);
    expect(row('*').errors).toEqual({ 'time-out': row('*').offered - row('*').inFlight });
    expect(row('vm-basic').served).toBeGreaterThan(5);
    expect(row('vm-basic').errors).toEqual({});
    expect(row('vm-basic').utilisation).toBeCloseTo(0.5, 1);
    accounted(row('*'));
    accounted(row('vm-basic'));
  });

  it('that is answered in time is as one without', () => {
    const [plain, guarded] = [undefined, { timeoutMs: 200, retries }].map((calls) => {
      const run = lab(calls, 5);
      run.offer(0.1);
      const row = run.run(2_000);
      return [row('*').served, row('*').latency, row('vm-basic').latency];
    });
    expect(guarded).toEqual(plain);
  });
});

describe('a call with retries', () => {
  it('is tried as often as allowed, with pauses that double, and then fails for its last cause', () => {
    const run = lab({ timeoutMs: 20, retries }, 1_000);
    run.offer(0.001);
    run.run(1_000);
    run.offer(0);
    const row = run.run(10_000);
    // Three attempts of 20 ms each with pauses of 10 and 20 ms between them.
    expect(row('*').errors).toEqual({ 'time-out': 1 });
    expect(run.simulator.topology.get('clients')?.meter.everLatencyMs).toBe(20 * 3 + 10 + 20);
    expect(run.simulator.topology.get('vm-basic')?.meter.everServed).toBe(3);
  });

  it('is served when a later attempt is', () => {
    const backlog = {
      type: 'pool',
      tokens: 1,
      maxWaiting: 0,
      timeoutMs: null,
      cause: 'queue-full',
      connections: true,
    } as const;
    const run = lab({ retries }, 15, [take('backlog')], { backlog });
    run.offer(0.1);
    run.simulator.runUntil(25);
    run.offer(0);
    const row = run.run(1_000);
    expect(row('vm-basic').errors).toEqual({ 'queue-full': 1 });
    expect([row('*').served, row('*').errors]).toEqual([2, {}]);
  });

  it('adds no more attempts than the budget allows', () => {
    const budgeted = { timeoutMs: 10, retries: { ...retries, budgetRatio: 0.1 } };
    const run = lab(budgeted, 1_000_000);
    run.offer(0.1);
    const row = run.run(20_000);
    const attempts = run.simulator.topology.get('vm-basic')?.meter.everOffered ?? 0;
    const requests = row('*').offered;
    expect(attempts - requests).toBeGreaterThan(0.1 * requests);
    expect(attempts - requests).toBeLessThanOrEqual(0.1 * requests + 10);
  });
});

describe('a bulkhead', () => {
  it('refuses calls beyond its limit, at the caller', () => {
    const run = lab({ maxConcurrent: 3 }, 1_000);
    run.offer(0.1);
    const row = run.run(999);
    expect(row('vm-basic').offered).toBe(3);
    expect(row('*').errors).toEqual({ 'bulkhead-full': row('*').offered - 3 });
  });
});

describe('a circuit breaker', () => {
  const breaker = {
    failureRatio: 0.5,
    windowSeconds: 10,
    minimumCalls: 10,
    openSeconds: 5,
    probes: 3,
  };

  it('opens at a link whose calls fail, and closes once probes are answered', () => {
    const run = lab({ timeoutMs: 50, breaker }, 10);
    const { simulator } = run;
    const link = () => simulator.topology.link('clients>vm-basic');
    run.offer(0.02);
    expect(errorCount(run.run(5_000)('*').errors)).toBe(0);
    expect(link()?.guard?.phase).toBe('closed');
    simulator.setLoad(1_000, { any: 1 });
    run.run(1_000);
    expect(link()?.guard?.phase).toBe('open');
    run.offer(0.02);
    const open = run.run(2_000);
    expect(open('vm-basic').offered).toBe(0);
    expect(open('*').errors).toEqual({ 'breaker-open': open('*').offered });
    run.run(60_000);
    expect(link()?.guard?.phase).toBe('closed');
    expect(errorCount(run.run(5_000)('*').errors)).toBe(0);
  });
});
