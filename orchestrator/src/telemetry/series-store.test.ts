import { describe, expect, it } from 'vitest';
import { SeriesStore } from './series-store.ts';

const T = 1_700_000_000_000;
/** A store with one counter `c` whose samples are [seconds, value]. */
function counter(...samples: [number, number][]) {
  const store = new SeriesStore();
  add(store, 'c', {}, samples);
  return (from: number, to: number) => store.increase('c', {}, T + from * 1000, T + to * 1000);
}

function add(
  store: SeriesStore,
  name: string,
  labels: Record<string, string>,
  samples: readonly (readonly [number, number])[],
): void {
  store.add([
    { name, labels, samples: samples.map(([at, value]) => ({ atMs: T + at * 1000, value })) },
  ]);
}

describe('the growth of a counter', () => {
  it('is told on straight lines between samples', () => {
    const growth = counter([0, 100], [1, 110], [2, 130]);
    expect(growth(0, 1)).toBeCloseTo(10);
    expect(growth(0.5, 1.5)).toBeCloseTo(15);
    expect(growth(0.25, 0.75)).toBeCloseTo(5);
  });

  it('adds up over adjacent windows, wherever the samples lie', () => {
    const growth = counter([0.3, 5], [1.4, 9], [2.2, 20], [3.1, 21]);
    expect(growth(0, 1) + growth(1, 2) + growth(2, 4)).toBeCloseTo(growth(0, 4));
  });

  it('begins at nothing shortly before the first sample, when its target told others before', () => {
    const store = new SeriesStore();
    const told: [number, number][] = [4, 5, 6].map((second) => [second, 1]);
    add(store, 'up', { node: 'web' }, told);
    add(store, 'c', { node: 'web' }, [
      [5, 12],
      [6, 12],
    ]);
    const growth = (from: number, to: number) =>
      store.increase('c', {}, T + from * 1000, T + to * 1000);
    expect(growth(0, 4)).toBe(0);
    expect(growth(4, 6)).toBe(12);
  });

  it('is not told by the first scrape of a target that counted before', () => {
    const growth = counter([5, 1_200], [6, 1_212]);
    expect(growth(0, 5)).toBe(0);
    expect(growth(5, 6)).toBe(12);
  });

  it('begins at nothing a moment before the first sample that k6 writes', () => {
    const store = new SeriesStore();
    add(store, 'k6_c', {}, [[5, 12]]);
    expect(store.increase('k6_c', {}, T, T + 4_700)).toBe(0);
    expect(store.increase('k6_c', {}, T + 4_700, T + 5_000)).toBe(12);
  });

  it('stands after the last sample', () => {
    expect(counter([0, 1], [1, 4])(2, 9)).toBe(0);
  });

  it('happened shortly before the sample that tells it after a silence', () => {
    const growth = counter([0, 1], [20, 4]);
    expect(growth(0, 18)).toBe(0);
    expect(growth(18, 20)).toBe(3);
  });

  it('goes on when what it counts begins anew', () => {
    const growth = counter([0, 50], [1, 60], [2, 4], [3, 9]);
    expect(growth(0, 3)).toBeCloseTo(19);
  });

  it('is the same whether samples come once or again and again', () => {
    const store = new SeriesStore();
    add(store, 'c', {}, [
      [0, 1],
      [1, 2],
    ]);
    add(store, 'c', {}, [
      [0, 1],
      [1, 2],
      [2, 5],
    ]);
    expect(store.increase('c', {}, T, T + 2_000)).toBeCloseTo(4);
  });

  it('adds up over the series that have the labels', () => {
    const store = new SeriesStore();
    add(store, 'c', { node: 'a', cause: 'x' }, [
      [0, 0],
      [1, 2],
    ]);
    add(store, 'c', { node: 'a', cause: 'y' }, [
      [0, 0],
      [1, 3],
    ]);
    add(store, 'c', { node: 'b', cause: 'x' }, [
      [0, 0],
      [1, 7],
    ]);
    expect(store.increase('c', { node: 'a' }, T, T + 1_000)).toBeCloseTo(5);
    expect(store.increase('c', {}, T, T + 1_000)).toBeCloseTo(12);
    expect(store.increase('d', {}, T, T + 1_000)).toBe(0);
  });
});

describe('a gauge', () => {
  it('has its newest value at an instant, unless that is too old', () => {
    const store = new SeriesStore();
    add(store, 'g', { node: 'a' }, [
      [0, 3],
      [1, 8],
    ]);
    expect(store.valueAt('g', { node: 'a' }, T + 900)).toBe(3);
    expect(store.valueAt('g', { node: 'a' }, T + 2_000)).toBe(8);
    expect(store.valueAt('g', { node: 'a' }, T + 9_000)).toBeNull();
    expect(store.valueAt('g', { node: 'b' }, T + 900)).toBeNull();
  });
});

it('forgets old samples and still knows what came after', () => {
  const store = new SeriesStore();
  for (let second = 0; second < 600; second++) add(store, 'c', {}, [[second, second * 2]]);
  expect(store.increase('c', {}, T + 560_000, T + 599_000)).toBeCloseTo(78);
});
