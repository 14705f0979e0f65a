import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import type { Fault, FaultHappening, NodeOf, Topology } from '../protocol/index.ts';
import { FaultLab } from '../testing/fault-lab.ts';
import { HAMLET, PRIMARY } from '../testing/situation.ts';
import { withNode } from '../testing/small-town.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';

type Primary = NodeOf<'sql-primary'>;
type Restored = Extract<FaultHappening, { type: 'data-restored' }>;

/** Of a database, by the catalog. */
const START_UP_SECONDS = 5;
const BACKED_UP = { backupSeconds: 20, restoreSeconds: 6 };

/** A server and a database that flushes each write, so that a stop alone loses none. */
function hamlet(options: Partial<Primary>): Topology {
  return withNode(HAMLET, { ...(PRIMARY as Primary), synchronousCommit: true, ...options });
}

const lossAt = (atSeconds: number, id = 'd'): Fault => {
  return { id, kind: 'disk-loss', target: { node: 'primary' }, atSeconds };
};

/** A run in which every request is one write. */
class WritingLab extends FaultLab {
  /** Writes that the database has committed. */
  committed = 0;
  lost = 0;

  /** Writes for a while, the last second quietly, so that all who wrote know of it. */
  write(seconds: number, perSecond = 10): number {
    const before = this.committed;
    for (const [rate, forSeconds] of [
      [perSecond, seconds - 1],
      [0, 1],
    ] as const) {
      this.offer(rate, { signup: 1 });
      const row = this.run(forSeconds)('primary');
      this.committed += row.served;
      this.lost += row.lostWrites ?? 0;
    }
    return this.committed - before;
  }

  restored(): Restored[] {
    const news = this.simulator.takeFaultNews();
    return news.filter((one): one is Restored => one.type === 'data-restored');
  }

  get kept(): number {
    return this.simulator.topology.get('primary')?.data.kept ?? Number.NaN;
  }
}

describe('lost disks', () => {
  it('are restored from the latest backup: RPO and RTO by hand', () => {
    const lab = new WritingLab(hamlet(BACKED_UP), [lossAt(50)]);
    const backedUp = lab.write(20) + lab.write(20);
    const since = lab.write(10);
    expect(since).toBeGreaterThan(50);
    expect(lab.run(10.999)('primary').recovery).toMatchObject({ backups: 0, restores: 0 });
    expect(lab.simulator.isReady('primary')).toBe(false);
    expect(lab.run(0.001)('primary')).toMatchObject({
      recovery: { restores: 1, rpoSeconds: 10, rtoSeconds: 6 + START_UP_SECONDS },
    });
    expect(lab.restored()).toEqual([
      {
        ...{ type: 'data-restored', fault: 'd', node: 'primary', from: 'backup' },
        ...{ rpoSeconds: 10, rtoSeconds: 11, lostWrites: since },
      },
    ]);
    expect(lab.kept).toBe(backedUp);
  });

  it('are told when the fault begins and, once the data is back, when it is over', () => {
    const lab = new WritingLab(hamlet(BACKED_UP), [lossAt(50)]);
    lab.run(50);
    expect(lab.at('primary')).toEqual(['disk-loss']);
    expect(lab.simulator.stateOf('primary')).toBe('down');
    lab.run(6);
    expect(lab.at('primary')).toEqual([]);
    expect(lab.simulator.stateOf('primary')).toBe('starting');
    const told = { fault: 'd', kind: 'disk-loss', target: 'primary' };
    expect(lab.simulator.takeFaultNews()).toEqual([
      { type: 'fault-began', ...told },
      { type: 'fault-ended', ...told },
    ]);
  });

  it('go back to the backup before while the next one is still being taken', () => {
    const lab = new WritingLab(hamlet(BACKED_UP), [lossAt(44)]);
    lab.write(20);
    const since = lab.write(24);
    lab.run(20);
    expect(lab.restored()).toMatchObject([{ rpoSeconds: 24, lostWrites: since }]);
  });

  it('without a copy take all with them, and the node comes back empty', () => {
    const lab = new WritingLab(hamlet({}), [lossAt(30)]);
    const all = lab.write(30);
    lab.run(START_UP_SECONDS);
    expect(lab.restored()).toMatchObject([
      { from: null, rpoSeconds: null, rtoSeconds: START_UP_SECONDS, lostWrites: all },
    ]);
    expect(lab.kept).toBe(0);
  });

  it('cost no time before the fault when nothing was written since the copy', () => {
    const lab = new WritingLab(hamlet(BACKED_UP), [lossAt(50)]);
    lab.write(20);
    lab.run(60);
    expect(lab.restored()).toMatchObject([{ from: 'backup', rpoSeconds: 0, lostWrites: 0 }]);
  });

  it('are brought back only once nothing else keeps the node down, and from the start if something does again', () => {
    const crash = { id: 'c', kind: 'crash', target: { node: 'primary' } } as const;
    const crashes: Fault[] = [
      { ...crash, atSeconds: 45, durationSeconds: 15 },
      { ...crash, id: 'c-2', atSeconds: 63, durationSeconds: 7 },
    ];
    const lab = new WritingLab(hamlet(BACKED_UP), [...crashes, lossAt(50)]);
    lab.write(44);
    lab.run(60);
    // Up at 60 the copying begins, and again at 70: 76, and the start.
    expect(lab.restored()).toMatchObject([{ rtoSeconds: 76 - 50 + START_UP_SECONDS }]);
  });

  it('end with their node', () => {
    const lab = new WritingLab(hamlet(BACKED_UP), [lossAt(50)]);
    lab.run(51);
    lab.change({ nodes: HAMLET.nodes.filter(({ id }) => id !== 'primary'), links: [] });
    expect(lab.simulator.takeFaultNews().at(-1)).toMatchObject({ type: 'fault-ended', fault: 'd' });
    lab.change(HAMLET);
    lab.run(30);
    expect(lab.simulator.isReady('primary')).toBe(true);
    expect(lab.restored()).toEqual([]);
  });
});

describe('a backup', () => {
  it('slows its node down while it is taken, and costs it no copy when the node stops meanwhile', () => {
    const crash: Fault = {
      ...{ id: 'c', kind: 'crash', target: { node: 'primary' } },
      ...{ atSeconds: 43, durationSeconds: 1 },
    };
    const lab = new WritingLab(hamlet(BACKED_UP), [crash]);
    const factor = () => lab.simulator.topology.get('primary')?.demandFactor;
    const factors = [19, 2, 6, 14].map((seconds) => {
      lab.run(seconds);
      return factor();
    });
    expect(factors).toEqual([1, 1.25, 1, 1.25]);
    const broken = lab.run(8);
    expect(broken('primary').recovery).toMatchObject({ snapshots: 0, backups: 0 });
    expect(factor()).toBe(1);
    expect(lab.run(18)('primary').recovery).toMatchObject({ backups: 1 });
  });

  it('takes so much more CPU time of the requests that come meanwhile', () => {
    const lab = new FaultLab(hamlet({ backupSeconds: 100, restoreSeconds: 90 }), []);
    lab.offer(10, { signup: 1 });
    const before = lab.run(100)('primary');
    const during = lab.run(90)('primary');
    const perWrite = (row: typeof before) =>
      ((row.utilisation ?? 0) * (row.endMs - row.startMs)) / row.served;
    // Means of about a thousand draws with a coefficient of variation of .3 at most.
    expect(Math.abs(perWrite(during) / perWrite(before) / 1.25 - 1)).toBeLessThan((4 * 0.3) / 21);
  });

  it('stays in another place, where a snapshot is gone with the disks of its zone', () => {
    const restored = (target: { node: string } | { zone: 'a' }) => {
      const copies = { backupSeconds: 20, snapshotSeconds: 4, restoreSeconds: 6 };
      const lab = new WritingLab(hamlet(copies), [{ ...lossAt(51), target } as Fault]);
      lab.write(39);
      lab.write(12);
      lab.run(20);
      return lab.restored()[0];
    };
    // Of 48 the snapshot, there after .6 s; of 40 the backup, there after 6 s.
    expect(restored({ node: 'primary' })).toMatchObject({
      ...{ from: 'snapshot', rpoSeconds: 3, rtoSeconds: 0.6 + START_UP_SECONDS },
    });
    expect(restored({ zone: 'a' })).toMatchObject({
      ...{ from: 'backup', rpoSeconds: 11, rtoSeconds: 6 + START_UP_SECONDS },
    });
  });
});

describe('the recovery point of a database with backups', () => {
  const INTERVAL = BACKED_UP.backupSeconds;
  const TAKING = BACKED_UP.restoreSeconds;
  const RATE = 5;
  /** From fault to fault: a whole number of intervals, and time to recover and take two backups. */
  const EVERY = 5 * INTERVAL;

  it('lies T / 2 and the time that a backup takes before a fault at any instant, in the mean', () => {
    const instants = createStream(7, 'instants of faults');
    const faults = Array.from({ length: 250 }, (_, i) =>
      lossAt((i + 1) * EVERY + INTERVAL * instants.nextFloat(), `d-${i}`),
    );
    const lab = new WritingLab(hamlet(BACKED_UP), faults);
    lab.offer(RATE, { signup: 1 });
    lab.run((faults.length + 2) * EVERY);
    const restored = lab.restored();
    expect(restored).toHaveLength(faults.length);
    const mean = INTERVAL / 2 + TAKING;
    const points = estimate(restored.map(({ rpoSeconds }) => rpoSeconds as number));
    expect(errorsOff(points, mean)).toBeLessThan(4);
    expect(points.standardError).toBeLessThan(TAKING / 10);
    const writes = estimate(restored.map(({ lostWrites }) => lostWrites));
    expect(errorsOff(writes, RATE * mean)).toBeLessThan(4);
  });
});

describe('every committed write', () => {
  it('is kept or counted as lost, whatever strikes, however often', () => {
    const instants = createStream(3, 'instants of strikes');
    for (let seed = 1; seed <= 20; seed++) {
      const faults = [0, 1, 2, 3].flatMap((i): Fault[] => {
        const atSeconds = 20 + 80 * instants.nextFloat();
        const zone = { ...lossAt(atSeconds + 30, `z-${i}`), target: { zone: 'a' } } as Fault;
        const node = { node: 'primary' };
        const crash = { id: `c-${i}`, kind: 'crash', target: node } as const;
        return [
          ...[lossAt(atSeconds, `d-${i}`), zone],
          { ...crash, atSeconds: 100 * instants.nextFloat(), durationSeconds: 4 },
        ];
      });
      const options = { backupSeconds: 13, snapshotSeconds: 5, restoreSeconds: 3 };
      const lab = new WritingLab(hamlet({ ...options, synchronousCommit: false }), faults, seed);
      for (let i = 0; i < 8; i++) lab.write(20);
      expect(lab.lost).toBeGreaterThan(50);
      expect(lab.kept + lab.lost, `seed ${seed}`).toBe(lab.committed);
    }
  });
});
