import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import type { Fault, FaultHappening, NodeOf, Topology } from '../protocol/index.ts';
import { promoted } from '../rules/promotion.ts';
import { FaultLab } from '../testing/fault-lab.ts';
import { running } from '../testing/order-site.ts';
import { SMALL_TOWN, withNode } from '../testing/small-town.ts';

type Restored = Extract<FaultHappening, { type: 'data-restored' }>;

const lossAt = (atSeconds: number, target: { node: string } | { zone: 'a' }, id = 'd') => {
  return { id, kind: 'disk-loss', target, atSeconds } satisfies Fault;
};

/** Of a database, by the catalog; and a copy of Stage 1's data of 10,000 items at 16 MiB/s. */
const START_UP = 5;
const COPYING = (10_000 * 32) / 1024 / 16;

const PRIMARY = SMALL_TOWN.nodes.find(
  ({ kind }) => kind === 'sql-primary',
) as NodeOf<'sql-primary'>;
const BACKED_UP = withNode(SMALL_TOWN, {
  ...PRIMARY,
  ...{ synchronousCommit: true, backupSeconds: 30, restoreSeconds: 5 },
});

function restoredIn(lab: FaultLab): Restored[] {
  const news = lab.simulator.takeFaultNews();
  return news.filter((one): one is Restored => one.type === 'data-restored');
}

describe('a replica whose disks are lost', () => {
  it('is copied anew from its primary, and nothing is lost', () => {
    const lab = new FaultLab(SMALL_TOWN, [lossAt(20, { node: 'replica' })]);
    lab.offer(20, { signup: 1, browse: 1 });
    lab.run(20);
    expect(lab.run(COPYING + START_UP - 0.01)('replica').served).toBe(0);
    expect(lab.run(10)('replica').served).toBeGreaterThan(50);
    expect(restoredIn(lab)).toEqual([
      {
        ...{ type: 'data-restored', fault: 'd', node: 'replica', from: 'replication' },
        ...{ rpoSeconds: 0, rtoSeconds: COPYING + START_UP, lostWrites: 0 },
      },
    ]);
    expect(lab.run(10)('replica').lagMs).toBeLessThan(200);
  });

  it('waits for its primary to be there again when both are struck', () => {
    const lab = new FaultLab(BACKED_UP, [lossAt(50, { zone: 'a' })]);
    lab.offer(20, { signup: 1 });
    lab.run(100);
    expect(restoredIn(lab)).toMatchObject([
      { node: 'primary', from: 'backup', rpoSeconds: 20, rtoSeconds: 5 + START_UP },
      { node: 'replica', from: 'replication', rtoSeconds: 5 + START_UP + COPYING + START_UP },
    ]);
    lab.offer(0);
    lab.run(20);
    expect(lab.simulator.unappliedWrites('replica')).toBe(0);
    expect(lab.simulator.inFlight).toBe(0);
  });
});

describe('a replica of a primary that is restored from a backup', () => {
  it('answers reads meanwhile, and is copied from it anew then', () => {
    const lab = new FaultLab(BACKED_UP, [lossAt(50, { node: 'primary' })]);
    lab.offer(20, { signup: 1, browse: 1 });
    lab.run(51);
    const reads = lab.run(3)('replica');
    expect(reads.served).toBeGreaterThan(20);
    lab.run(1.5);
    expect(lab.simulator.stateOf('replica')).toBe('starting');
    lab.run(START_UP);
    expect(lab.simulator.isReady('replica')).toBe(true);
  });

  it('may be promoted instead: what it has applied is then not lost', () => {
    const loss = lossAt(50, { node: 'primary' });
    const lab = new FaultLab(BACKED_UP, [loss]);
    lab.offer(20, { signup: 1 });
    lab.run(50);
    const held = lab.simulator.topology.get('primary')?.data.kept ?? 0;
    const unapplied = lab.simulator.unappliedWrites('replica');
    lab.run(1);
    lab.change(promoted(BACKED_UP, 'replica') as Topology);
    const heir = lab.simulator.topology.get('replica')?.data;
    expect(heir?.kept).toBeGreaterThanOrEqual(held - unapplied);
    expect(heir?.kept).toBeLessThanOrEqual(held);
    const after = lab.run(30);
    expect(after('primary').lostWrites ?? 0).toBe(0);
    expect(restoredIn(lab)).toMatchObject([{ node: 'primary', rpoSeconds: 0, lostWrites: 0 }]);
    expect(after('replica').served).toBeGreaterThan(300);
  });
});

describe('a peer of an active-active pair', () => {
  const pair: Topology = {
    nodes: [...BACKED_UP.nodes, { ...PRIMARY, id: 'second' }],
    links: [
      ...BACKED_UP.links,
      ...['web-1', 'web-2'].map((from) => ({ from, to: 'second' })),
      { from: 'primary', to: 'second' },
      { from: 'second', to: 'primary' },
    ],
  };

  it.each([
    ['first', pair.nodes],
    ['last', [...pair.nodes].reverse()],
  ])('leaves a copy of both to the other, whether it stands %s or not', (_, nodes) => {
    const both = { nodes, links: [...pair.links, { from: 'second', to: 'replica' }] };
    const struck = ['second', 'replica'].map((node) => lossAt(50, { node }, `lost-${node}`));
    const lab = new FaultLab(both, struck);
    lab.offer(20, { signup: 1 });
    lab.run(90);
    const rtoSeconds = COPYING + START_UP;
    expect(restoredIn(lab)).toContainEqual(
      expect.objectContaining({ node: 'replica', from: 'replication', rtoSeconds }),
    );
  });

  it('is copied from the other, which has all of its writes', () => {
    const lab = new FaultLab(pair, [lossAt(50, { node: 'second' })]);
    lab.offer(20, { signup: 1 });
    lab.run(90);
    expect(restoredIn(lab)).toMatchObject([
      { node: 'second', from: 'replication', rpoSeconds: 0, lostWrites: 0 },
    ]);
  });

  it('comes back from its own copy, or empty, when the other is gone as well', () => {
    const lab = new FaultLab(pair, [lossAt(50, { zone: 'a' })]);
    lab.offer(20, { signup: 1 });
    lab.run(90);
    const sources = restoredIn(lab).map(({ node, from }) => [node, from]);
    expect(sources.slice(0, 2)).toEqual([
      ['second', null],
      ['primary', 'backup'],
    ]);
  });

  it('is not copied from one that has lost its own data meanwhile', () => {
    const crash: Fault = {
      ...{ id: 'c', kind: 'crash', target: { node: 'primary' } },
      ...{ atSeconds: 45, durationSeconds: 40 },
    };
    const lab = new FaultLab(pair, [crash, lossAt(50, { zone: 'a' })]);
    lab.offer(20, { signup: 1 });
    lab.run(120);
    const primary = restoredIn(lab).find(({ node }) => node === 'primary');
    expect(primary).toMatchObject({ from: 'backup', rpoSeconds: 20 });
    expect(primary?.lostWrites).toBeGreaterThan(20);
  });
});

describe('what a peer has yet to hear of when its writer loses it', () => {
  const pair: Topology = {
    nodes: [...BACKED_UP.nodes, { ...PRIMARY, id: 'second' }],
    links: [
      ...BACKED_UP.links,
      { from: 'primary', to: 'second' },
      { from: 'second', to: 'primary' },
    ],
  };
  const crash: Fault = {
    ...{ id: 'c', kind: 'crash', target: { node: 'second' } },
    ...{ atSeconds: 20, durationSeconds: 60 },
  };

  it('never reaches it: what is counted as lost is nowhere', () => {
    const lab = new FaultLab(pair, [crash, lossAt(50, { node: 'primary' })]);
    lab.offer(20, { signup: 1 });
    lab.run(30);
    const copied = lab.simulator.unappliedWrites('second');
    lab.run(20);
    const unsent = lab.simulator.unappliedWrites('second');
    lab.offer(0);
    lab.run(20);
    const [restored] = restoredIn(lab);
    expect(copied).toBeGreaterThan(100);
    expect(restored?.lostWrites).toBeGreaterThan(unsent - copied - 20);
    expect(lab.simulator.unappliedWrites('second')).toBe(unsent - (restored?.lostWrites ?? 0));
    lab.run(30);
    expect(lab.simulator.unappliedWrites('second')).toBe(0);
  });

  it('is less by those that a crash takes before they are on disk', () => {
    const crashes = [crash, { ...crash, id: 'c-2', target: { node: 'primary' }, atSeconds: 40.15 }];
    const lax = withNode(pair, { ...PRIMARY, synchronousCommit: false });
    const lab = new FaultLab(lax, crashes as Fault[]);
    lab.offer(40, { signup: 1 });
    lab.run(40.149);
    const unsent = lab.simulator.unappliedWrites('second');
    const lost = lab.run(0.002)('primary').lostWrites ?? 0;
    expect(lost).toBeGreaterThan(2);
    expect(lab.simulator.unappliedWrites('second')).toBe(unsent - lost);
  });
});

describe('a queue whose disks are lost', () => {
  it('comes back without its messages, which are lost even if its followers had them', () => {
    const { simulator, run, offer } = running({ queue: { acks: 'all' }, workers: [] });
    offer(20);
    const before = run(10_000)('queue').messages;
    expect(before?.waiting).toBeGreaterThan(100);
    simulator.beginFault({ id: 'd', kind: 'disk-loss', target: { node: 'queue' } });
    offer(0);
    const after = run(5_000)('queue');
    expect(after.messages).toMatchObject({ lost: before?.waiting, waiting: 0 });
    expect(after.recovery).toMatchObject({ restores: 1, lostWrites: before?.waiting });
    expect(simulator.isReady('queue')).toBe(true);
  });
});

describe('a run with lost disks and copies', () => {
  const strikes = [
    lossAt(12, { node: 'replica' }, 'd-1'),
    lossAt(20, { zone: 'a' }, 'd-2'),
    lossAt(38, { node: 'primary' }, 'd-3'),
  ];
  const topology = withNode(BACKED_UP, {
    ...PRIMARY,
    ...{ backupSeconds: 7, snapshotSeconds: 3, restoreSeconds: 4 },
  });
  const hashAfter = (cuts: readonly number[]) => {
    const lab = new FaultLab(topology, strikes);
    lab.offer(20);
    for (const atMs of [...cuts, 70_000]) lab.simulator.runUntil(atMs);
    const hash = new StateHash();
    lab.simulator.mixInto(hash);
    return hash.digest();
  };

  it('comes to the same state however it is split', () => {
    const whole = hashAfter([]);
    expect(hashAfter([7_000, 7_200.5, 20_000, 24_000, 38_001])).toBe(whole);
    expect(hashAfter(Array.from({ length: 69 }, (_, i) => (i + 1) * 1000))).toBe(whole);
  });

  it('ends with every request accounted for', () => {
    const lab = new FaultLab(topology, strikes);
    lab.offer(40);
    lab.run(60);
    lab.offer(0);
    lab.run(60);
    expect(lab.simulator.inFlight).toBe(0);
    expect(lab.simulator.unappliedWrites('replica')).toBe(0);
  });
});
