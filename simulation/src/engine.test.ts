import { describe, expect, it } from 'vitest';
import { createEngine } from './engine.ts';
import type { Scenario } from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';

/** Money enough to build anything, and little time, so that ends are reached too. */
const rich: Scenario = { ...helloWorld, startingMoney: 3_000, durationSeconds: 20 };
const poor: Scenario = { ...helloWorld, startingMoney: 100, bankruptcyFloor: 60 };

describe('an engine', () => {
  it('stands still in the setup phase, at a time in the past and after the end', () => {
    const engine = createEngine({ scenario: poor, seed: 1 });
    engine.advanceTo(5_000);
    expect(engine.timeMs).toBe(0);
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(1_500);
    engine.advanceTo(700);
    engine.advanceTo(Number.NaN);
    expect(engine.timeMs).toBe(1_500);
    engine.advanceTo(Number.POSITIVE_INFINITY);
    const end = engine.timeMs;
    expect(engine.result()).not.toBeNull();
    engine.advanceTo(end + 5_000);
    expect(engine.timeMs).toBe(end);
    expect(engine.dispatch({ type: 'restart-node', id: 'web-1' })).toMatchObject({
      refusal: { code: 'stage-over' },
    });
  });

  it('traces requests when asked to, and plays the same game', () => {
    const play = (ratio: number) => {
      const engine = createEngine({ scenario: rich, seed: 5 });
      engine.trace(ratio);
      engine.dispatch({ type: 'start-operation' });
      engine.advanceTo(3_000);
      return engine;
    };
    const [traced, not] = [play(1), play(0)];
    const { endToEnd, totals } = traced.snapshot();
    expect(traced.stateHash()).toBe(not.stateHash());
    expect(traced.takeTraces()).toHaveLength(totals.offered - (endToEnd?.inFlight ?? 0));
    expect([traced.takeTraces(), not.takeTraces()]).toEqual([[], []]);
  });

  it('gives other runs to other seeds, from the first second on', () => {
    const hashes = [1, 2, 4_294_967_295].map((seed) => {
      const engine = createEngine({ scenario: poor, seed });
      engine.dispatch({ type: 'start-operation' });
      engine.advanceTo(1_000);
      return engine.stateHash();
    });
    expect(new Set(hashes).size).toBe(3);
  });

  it('numbers events from zero without a gap, in the order of time', () => {
    const engine = createEngine({ scenario: rich, seed: 5 });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(20_000);
    const events = engine.takeEvents();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    expect(events.every(({ atMs }, i) => atMs >= (events[i - 1]?.atMs ?? 0))).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'stage-ended', ending: 'won' });
  });
});
