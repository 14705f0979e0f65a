import { describe, expect, it } from 'vitest';
import type { Simulator } from '../execution/simulator.ts';
import {
  type ConsistencyWay,
  errorCount,
  type NodeOf,
  type Profile,
  type Topology,
} from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { runningGame, windowOf } from '../testing/game.ts';
import { CLIENTS, slow } from '../testing/situation.ts';
import { withoutLink } from '../testing/small-town.ts';
import { distributedOver } from './distributed-writes.ts';

const position = { x: 0, y: 0 };
type Primary = NodeOf<'sql-primary'>;
const primary = (id: string, options: Partial<Primary> = {}): Primary => ({
  kind: 'sql-primary',
  id,
  size: 'XL',
  position,
  ...options,
});

const SHOP: Topology = {
  nodes: [
    CLIENTS,
    { kind: 'vm-basic', id: 'web-1', size: 'XL', position },
    primary('orders'),
    primary('stock'),
  ],
  links: [
    { from: 'clients', to: 'web-1' },
    { from: 'web-1', to: 'orders' },
    { from: 'web-1', to: 'stock' },
  ],
};

const PROFILE = slow({ 'app-write': 1, 'sql-write': 10, 'sql-commit': 2 });

function shopOf(
  way: ConsistencyWay | null,
  { hotRows = 1_000, profile = PROFILE }: { hotRows?: number; profile?: Profile } = {},
): Simulator {
  const buy = { ...helloWorld.classes.signup, operations: ['write', 'write'] } as NonNullable<
    (typeof helloWorld.classes)[string]
  >;
  return runningGame(SHOP, {
    profile,
    classes: { buy: way === null ? buy : { ...buy, consistency: way } },
    data: { ...helloWorld.data, hotRows, hotRowExponent: 0 },
    arrivals: 'uniform',
  });
}

/** One request alone: how long it takes, and the rows of its window. */
function single(way: ConsistencyWay | null) {
  const simulator = shopOf(way);
  simulator.setLoad(1, { buy: 1 });
  simulator.runUntil(1_500);
  simulator.setLoad(0, { buy: 1 });
  simulator.runUntil(4_000);
  const row = windowOf(simulator, SHOP);
  expect(row('*').served).toBe(1);
  return { ms: row('*').latency.sumMs, row };
}

/** What a shop with one hot row sells in a second of overload. */
function mostServed(way: ConsistencyWay): number {
  const simulator = shopOf(way, { hotRows: 1 });
  simulator.setLoad(200, { buy: 1 });
  simulator.runUntil(5_000);
  windowOf(simulator, SHOP);
  simulator.runUntil(15_000);
  return windowOf(simulator, SHOP)('*').served / 10;
}

describe('a class that writes to two databases', () => {
  // The clients' link there and back, and two writes' CPU in the application.
  const around = 0.5 + 2;
  const round = 0.5;

  it('takes its steps one after the other', () => {
    expect(single('two-phase-commit').ms).toBeCloseTo(
      around + 2 * (round + 10) + 2 * (round + 2),
      6,
    );
    expect(single('saga').ms).toBeCloseTo(around + 2 * (round + 10), 6);
    expect(single('outbox').ms).toBeCloseTo(around + round + 10, 6);
  });

  it.each(['two-phase-commit', 'saga', 'outbox'] as const)('writes to each once: %s', (way) => {
    const { row } = single(way);
    const calls = way === 'two-phase-commit' ? 2 : 1;
    expect([row('orders').served, row('stock').served]).toEqual([calls, calls]);
  });

  it('without a way to keep them consistent writes twice wherever it may', () => {
    const { row } = single(null);
    expect(row('orders').served + row('stock').served).toBe(2);
  });

  it('is ordinary with one database, and with one write', () => {
    const surroundings = (targets: readonly string[]) =>
      ({ targets: () => targets.map((id) => primary(id)) }) as never;
    const { signup } = helloWorld.classes;
    const buy = { ...signup, consistency: 'saga', operations: ['write', 'read', 'write'] } as never;
    expect(distributedOver(buy, surroundings(['a', 'b']))).toEqual(['a', 'b']);
    expect(distributedOver(buy, surroundings(['a']))).toBeNull();
    const small = { ...signup, consistency: 'saga', operations: ['write'] } as never;
    expect(distributedOver(small, surroundings(['a', 'b']))).toBeNull();
  });
});

describe('two-phase commit', () => {
  it('serves a hot row once in the time from its first prepare to its last commit', () => {
    // From the lock in the first database: prepare 10, there and back, prepare 10, commit 2 + 2 with the links between.
    const heldMs = 10 + 0.5 + 10 + 0.5 + 2 + 0.5 + 2 + 0.25;
    // The next request has waited at the first database and goes on from there.
    expect(mostServed('two-phase-commit')).toBeGreaterThan((1000 / heldMs) * 0.97);
    expect(mostServed('two-phase-commit')).toBeLessThan((1000 / heldMs) * 1.03);
  });

  it('so has a lower most throughput than a saga, which holds one row at a time', () => {
    expect(mostServed('saga')).toBeGreaterThan(1.8 * mostServed('two-phase-commit'));
  });

  it('leaves nothing locked when a participant is down', () => {
    const simulator = shopOf('two-phase-commit', { hotRows: 1 });
    simulator.setLoad(10, { buy: 1 });
    simulator.runUntil(1_000);
    simulator.restart('stock');
    simulator.runUntil(1_500);
    windowOf(simulator, SHOP);
    simulator.runUntil(4_000);
    const down = windowOf(simulator, SHOP);
    expect(down('*').served).toBe(0);
    expect(errorCount(down('*').errors)).toBe(25);
    expect(down('orders').errors).toEqual({});
    simulator.runUntil(10_000);
    windowOf(simulator, SHOP);
    simulator.runUntil(11_000);
    expect(windowOf(simulator, SHOP)('*').served).toBe(10);
  });
});

describe('two-phase commit in sixteen databases', () => {
  it('gives back everywhere what it has kept there, whoever is beside it', () => {
    const ids = Array.from({ length: 16 }, (_, i) => `shard-${i}`);
    const topology: Topology = {
      nodes: [...SHOP.nodes.slice(0, 2), ...ids.map((id) => primary(id))],
      links: [{ from: 'clients', to: 'web-1' }, ...ids.map((id) => ({ from: 'web-1', to: id }))],
    };
    const operations = ids.map(() => 'write' as const);
    const buy = { ...helloWorld.classes.signup, operations, consistency: 'two-phase-commit' };
    const simulator = runningGame(topology, {
      profile: slow({ 'app-write': 0.1, 'sql-write': 1, 'sql-commit': 1 }),
      classes: { buy } as never,
      arrivals: 'uniform',
    });
    simulator.setLoad(100, { buy: 1 });
    simulator.runUntil(2_005);
    simulator.setLoad(0, { buy: 1 });
    simulator.runUntil(20_000);
    expect(windowOf(simulator, topology)('*')).toMatchObject({ served: 200, errors: {} });
    simulator.runUntil(21_000);
    const row = windowOf(simulator, topology);
    for (const id of ids) expect(row(id).connections?.used).toBe(0);
  });
});

describe('a saga', () => {
  it('undoes the writes before one that fails, and counts them', () => {
    const simulator = shopOf('saga');
    simulator.setLoad(10, { buy: 1 });
    simulator.runUntil(1_050);
    simulator.restart('stock');
    simulator.runUntil(1_500);
    windowOf(simulator, SHOP);
    simulator.runUntil(4_500);
    const row = windowOf(simulator, SHOP);
    expect(row('*').errors).toEqual({ 'rolled-back': 30 });
    expect(row('web-1').compensations).toBe(30);
    expect(row('orders').served).toBe(60);
  });

  it('fails at once when its first write fails', () => {
    const simulator = shopOf('saga');
    simulator.setLoad(10, { buy: 1 });
    simulator.restart('orders');
    simulator.runUntil(3_000);
    const row = windowOf(simulator, SHOP);
    expect(Object.keys(row('*').errors)).toEqual(['node-down']);
    expect([row('stock').offered, row('web-1').compensations ?? 0]).toEqual([0, 0]);
  });
});

describe('an outbox', () => {
  it('answers after the first write and delivers the other soon', () => {
    const simulator = shopOf('outbox');
    simulator.setLoad(10, { buy: 1 });
    simulator.runUntil(10_000);
    const row = windowOf(simulator, SHOP);
    expect(row('orders').served - row('stock').served).toBeLessThanOrEqual(2);
    expect(row('stock').served).toBeGreaterThan(90);
  });

  it('delivers everything in the end when the other database was down meanwhile', () => {
    const simulator = shopOf('outbox');
    simulator.setLoad(10, { buy: 1 });
    simulator.runUntil(1_000);
    simulator.restart('stock');
    simulator.runUntil(3_000);
    simulator.setLoad(0, { buy: 1 });
    simulator.runUntil(5_000);
    expect(simulator.inFlight).toBeGreaterThan(10);
    simulator.runUntil(20_000);
    const row = windowOf(simulator, SHOP);
    expect(row('*').errors).toEqual({});
    expect(row('stock').served).toBe(row('orders').served);
    expect(simulator.inFlight).toBe(0);
  });
});

describe('an outbox on whose way something breaks', () => {
  /** Writes that were committed in the first database and never in the other, once all has come to rest. */
  const missing = (breaks: (simulator: Simulator, id: string) => void) => {
    const simulator = shopOf('outbox');
    simulator.setLoad(40, { buy: 1 });
    for (let i = 1; i <= 10; i++) {
      simulator.runUntil(i * 6_137);
      breaks(simulator, `f-${i}`);
    }
    simulator.setLoad(0, { buy: 1 });
    simulator.runUntil(150_000);
    expect(simulator.inFlight).toBe(0);
    const committed = (id: string) => {
      const data = simulator.topology.get(id)?.data;
      return (data?.kept ?? Number.NaN) + (data?.lost ?? Number.NaN);
    };
    expect(committed('orders')).toBeGreaterThan(500);
    return committed('orders') - committed('stock');
  };
  const crashOf = (node: string) => (simulator: Simulator, id: string) =>
    simulator.beginFault({ id, kind: 'crash', target: { node }, durationSeconds: 0.5 });

  it('delivers what was under way when the other database crashed', () => {
    expect(missing(crashOf('stock'))).toBe(0);
  });

  it('delivers what the application had still to deliver when it crashed', () => {
    // A first write that the application has not heard of by then is in no outbox.
    expect(missing(crashOf('web-1'))).toBeLessThanOrEqual(1);
  });

  it('delivers what found no connection while the other database was cut off', () => {
    const cut = missing((simulator, id) =>
      simulator.beginFault({
        ...{ id, kind: 'partition', durationSeconds: 2 },
        target: { link: { from: 'web-1', to: 'stock' } },
      }),
    );
    expect(cut).toBe(0);
  });
});

describe('an outbox whose other database is cut off for good', () => {
  it('gives its writes up, and counts them', () => {
    const simulator = shopOf('outbox');
    simulator.setLoad(10, { buy: 1 });
    simulator.runUntil(1_000);
    simulator.restart('stock');
    simulator.runUntil(3_000);
    const waiting = simulator.inFlight;
    simulator.setLoad(0, { buy: 1 });
    const apart = withoutLink(SHOP, 'web-1', 'stock');
    simulator.setTopology(apart, false);
    windowOf(simulator, apart);
    simulator.runUntil(4_000);
    expect(waiting).toBeGreaterThan(15);
    expect(simulator.inFlight).toBe(0);
    expect(windowOf(simulator, apart)('web-1').lostWrites).toBeGreaterThan(15);
  });
});

describe('a link to one of the databases', () => {
  it('makes its class ordinary again when it is cut', () => {
    const simulator = shopOf('saga');
    const apart = withoutLink(SHOP, 'web-1', 'stock');
    simulator.setTopology(apart, false);
    simulator.setLoad(10, { buy: 1 });
    simulator.runUntil(2_000);
    const row = windowOf(simulator, apart);
    expect(row('orders').served).toBeGreaterThan(35);
    expect(row('stock').offered).toBe(0);
  });
});
