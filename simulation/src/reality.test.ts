import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import { createEngine } from './engine.ts';
import type { Judge, Measurement } from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';

const LOAD = 20;

function realRun(options: { scale?: number; judge?: Judge } = {}) {
  const engine = createEngine({ scenario: helloWorld, seed: 5 });
  engine.dispatch({ type: 'start-operation' });
  engine.advanceTo(4_000);
  engine.enterReality({
    profile: { ...DEFAULT_PROFILE, name: 'this machine' },
    scale: options.scale ?? 1,
    judge: options.judge ?? 'prediction',
    loadAt: () => LOAD,
  });
  engine.takeMeasurements();
  return engine;
}

function endToEnd(rows: readonly Measurement[]): Measurement[] {
  return rows.filter((row) => row.node === '*');
}

describe('a run that goes on beside real containers', () => {
  it('takes its load from what is really offered, evenly spaced', () => {
    const engine = realRun();
    engine.advanceTo(14_000);
    const rows = endToEnd(engine.takeMeasurements());
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row.offered).toBe(LOAD);
    expect(engine.snapshot().offeredPerSecond).toBe(LOAD);
  });

  it('begins with nothing in flight, and its time goes on', () => {
    const engine = realRun();
    expect(engine.timeMs).toBe(4_000);
    engine.advanceTo(5_000);
    const [row] = endToEnd(engine.takeMeasurements()) as [Measurement];
    const ended = row.served + Object.values(row.errors).reduce((sum, n) => sum + n, 0);
    expect(row.startMs).toBe(4_000);
    expect(row.offered).toBe(ended + row.inFlight);
  });

  it('lets the rules see the full-size service when it runs at a scale', () => {
    const small = realRun({ scale: 2 });
    const served = small.snapshot().totals.served;
    small.advanceTo(9_000);
    const rows = endToEnd(small.takeMeasurements());
    const counted = rows.reduce((sum, row) => sum + row.served, 0);
    expect(counted).toBeGreaterThan(0);
    expect(small.snapshot().totals.served - served).toBe(2 * counted);
  });

  it('is slower at half the processor for the same load', () => {
    const meanMs = (scale: number) => {
      const engine = realRun({ scale });
      engine.advanceTo(24_000);
      const rows = endToEnd(engine.takeMeasurements());
      const sum = (of: (row: Measurement) => number) => rows.reduce((s, row) => s + of(row), 0);
      return sum((row) => row.latency.sumMs) / sum((row) => row.served);
    };
    expect(meanMs(2)).toBeGreaterThan(2 * meanMs(1));
  });

  it('judges by measured windows when reality is the judge, and by none while none came', () => {
    const engine = realRun({ judge: 'reality' });
    const before = engine.snapshot();
    engine.advanceTo(6_000);
    expect(engine.snapshot()).toMatchObject({ users: before.users, errorGauge: before.errorGauge });
    const [row] = endToEnd(engine.takeMeasurements()) as [Measurement];
    const failed = { ...row, source: 'measured', served: 0, good: 0, errors: { 'node-down': 20 } };
    engine.addMeasured(failed as Measurement);
    engine.advanceTo(7_000);
    expect(engine.snapshot().errorGauge).toBeGreaterThan(before.errorGauge);
    expect(engine.snapshot().users).toBeLessThan(before.users);
  });

  it('can change its judge on the way', () => {
    const engine = realRun({ judge: 'reality' });
    engine.setJudge('prediction');
    const { users } = engine.snapshot();
    engine.advanceTo(6_000);
    expect(engine.snapshot().users).not.toBe(users);
  });

  it('goes real at a full second only', () => {
    const engine = createEngine({ scenario: helloWorld, seed: 5 });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(1_500);
    const course = {
      profile: DEFAULT_PROFILE,
      scale: 1,
      judge: 'prediction',
      loadAt: () => 1,
    } as const;
    expect(() => engine.enterReality(course)).toThrow('full second');
  });
});
