import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import { type Drill, END_TO_END, type Fault } from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { FaultLab } from '../testing/fault-lab.ts';
import { HAMLET } from '../testing/situation.ts';
import { SMALL_TOWN } from '../testing/small-town.ts';

const web = { node: 'web-1' } as const;

describe('a crash', () => {
  const crash: Fault = { id: 'c', kind: 'crash', target: web, atSeconds: 10, durationSeconds: 20 };

  it('fails what the node holds and every call to it, until it has started up again after its end', () => {
    const lab = new FaultLab(HAMLET, [crash]);
    lab.offer(40, { home: 1 });
    expect(lab.run(9.9)('*').errors).toEqual({});
    const down = lab.run(23.1);
    expect(down('*').served).toBeLessThan(0.1 * 40 * 2);
    expect(down('*').errors['node-down']).toBeGreaterThan(23 * 40 * 0.9);
    expect(lab.started()).toEqual(['web-1']);
    const up = lab.run(10);
    expect(up('*').errors).toEqual({});
    expect(up('*').served).toBeGreaterThan(300);
  });

  it('is told when it begins and when it ends', () => {
    const lab = new FaultLab(HAMLET, [crash]);
    const told = (seconds: number) => {
      lab.run(seconds);
      return lab.simulator.takeFaultNews();
    };
    const news = { fault: 'c', kind: 'crash', target: 'web-1' };
    expect(told(9.9)).toEqual([]);
    expect(lab.at('web-1')).toEqual([]);
    expect(told(0.1)).toEqual([{ type: 'fault-began', ...news }]);
    expect(lab.at('web-1')).toEqual(['crash']);
    expect(lab.at('primary')).toEqual([]);
    expect(told(20)).toEqual([{ type: 'fault-ended', ...news }]);
    expect(lab.at('web-1')).toEqual([]);
  });

  it('without an end lasts until the node is restarted', () => {
    const lab = new FaultLab(HAMLET, [{ ...crash, durationSeconds: null }]);
    lab.run(100);
    expect(lab.simulator.isReady('web-1')).toBe(false);
    lab.simulator.restart('web-1');
    lab.run(3);
    expect(lab.simulator.isReady('web-1')).toBe(true);
    expect(lab.simulator.takeFaultNews().map(({ type }) => type)).toEqual([
      'fault-began',
      'fault-ended',
    ]);
  });

  it('is over when its node is taken away, and strikes no node that comes later under its name', () => {
    const lab = new FaultLab(HAMLET, [{ ...crash, durationSeconds: null }]);
    lab.run(11);
    lab.change({ nodes: HAMLET.nodes.filter(({ id }) => id !== 'web-1'), links: [] });
    lab.change(HAMLET);
    lab.run(3);
    expect(lab.simulator.isReady('web-1')).toBe(true);
    expect(lab.at('web-1')).toEqual([]);
  });

  it('leaves uptime / (uptime + downtime) of the requests, counted over a pattern of crashes', () => {
    const startUpSeconds = 3;
    const crashes = [20, 80, 140].map(
      (atSeconds, i): Fault => ({
        ...crash,
        id: `c-${i}`,
        atSeconds,
        durationSeconds: 5 + 2 * i,
      }),
    );
    const lab = new FaultLab(HAMLET, crashes);
    lab.offer(20, { home: 1 });
    const row = lab.run(200)('*');
    const downSeconds = 5 + 7 + 9 + 3 * startUpSeconds;
    const availability = (200 - downSeconds) / 200;
    // Arrivals in the down time are Poisson: one standard deviation is sqrt(20 * 30) = 25 of 4000.
    const error = Math.sqrt(20 * downSeconds) / row.offered;
    expect(Math.abs(row.served / row.offered - availability)).toBeLessThan(4 * error);
  });

  it('is recovered from in its length and the start-up time (RTO)', () => {
    const lab = new FaultLab(HAMLET, [crash]);
    lab.offer(40, { home: 1 });
    const servedAtMs: number[] = [];
    for (let tenth = 1; tenth <= 400; tenth++) {
      if (lab.run(0.1)('*').served > 0) servedAtMs.push(tenth * 100);
    }
    const lastBefore = Math.max(...servedAtMs.filter((atMs) => atMs <= 10_000));
    const firstAfter = Math.min(...servedAtMs.filter((atMs) => atMs > 10_100));
    expect(firstAfter - lastBefore).toBeGreaterThanOrEqual(23_000);
    expect(firstAfter - lastBefore).toBeLessThan(23_400);
  });
});

describe('a restart as a fault', () => {
  it('makes the node start up again, and is over at once', () => {
    const fault: Fault = { id: 'r', kind: 'restart', target: web, atSeconds: 5 };
    const lab = new FaultLab(HAMLET, [fault]);
    lab.run(5);
    expect(lab.simulator.isReady('web-1')).toBe(false);
    expect(lab.at('web-1')).toEqual([]);
    lab.run(3);
    expect(lab.simulator.isReady('web-1')).toBe(true);
  });
});

describe('a slow node', () => {
  it('takes so many times the CPU time for its work, and no longer once the fault is over', () => {
    const slow: Fault = {
      id: 's',
      kind: 'slow',
      target: web,
      factor: 3,
      atSeconds: 100,
      durationSeconds: 100,
    };
    const lab = new FaultLab(HAMLET, [slow]);
    lab.offer(10, { home: 1 });
    const [before, during, after] = [1, 2, 3].map(() => lab.run(100)('web-1').utilisation ?? 0);
    const perRequest = 10 * 0.002 * 4;
    // CPU time of a thousand requests: coefficient of variation .3 of the work, 1 of the number.
    const error = Math.sqrt((1 + 0.3 * 0.3) / 1000);
    expect(Math.abs((before ?? 0) / perRequest - 1)).toBeLessThan(4 * error);
    expect(Math.abs((during ?? 0) / perRequest - 3)).toBeLessThan(3 * 4 * error);
    expect(Math.abs((after ?? 0) / perRequest - 1)).toBeLessThan(4 * error);
  });

  it('is repaired by a restart', () => {
    const slow: Drill = { id: 's', kind: 'slow', target: web, factor: 9, durationSeconds: null };
    const lab = new FaultLab(HAMLET, []);
    lab.simulator.beginFault(slow);
    expect(lab.simulator.topology.get('web-1')?.demandFactor).toBe(9);
    lab.simulator.restart('web-1');
    expect(lab.simulator.topology.get('web-1')?.demandFactor).toBe(1);
  });
});

describe('faults together', () => {
  const faults: readonly Fault[] = [
    { id: 'a', kind: 'crash', target: web, atSeconds: 3, durationSeconds: 4 },
    { id: 'b', kind: 'zone-loss', target: { zone: 'a' }, atSeconds: 5, durationSeconds: 10 },
    {
      id: 'c',
      kind: 'slow',
      target: { node: 'primary' },
      factor: 2,
      atSeconds: 1,
      durationSeconds: null,
    },
    {
      id: 'd',
      kind: 'loss',
      target: { link: { from: 'web-1', to: 'primary' } },
      ratio: 0.3,
      atSeconds: 20,
      durationSeconds: 20,
    },
    {
      id: 'e',
      kind: 'leak',
      target: web,
      mibPerRequest: 0.7,
      mibPerSecond: 1,
      atSeconds: 22,
      durationSeconds: 60,
    },
    {
      id: 'f',
      kind: 'partition',
      target: { nodes: ['primary'] },
      atSeconds: 50,
      durationSeconds: 9,
    },
  ];

  it('hold a node down until the last of them is over', () => {
    const lab = new FaultLab(HAMLET, faults);
    lab.run(14.9);
    expect(lab.simulator.isReady('web-1')).toBe(false);
    lab.run(3.1);
    expect(lab.simulator.isReady('web-1')).toBe(true);
  });

  it('keep every request accounted for at every node', () => {
    const lab = new FaultLab(SMALL_TOWN, faults);
    lab.offer(40);
    const accounts = new WindowAccounts();
    const ids = SMALL_TOWN.nodes.map(({ id, kind }) => (kind === 'clients' ? END_TO_END : id));
    for (let second = 0; second < 100; second++) {
      expect(accounts.faultsIn(ids.map(lab.run(1))), `at ${second}`).toEqual([]);
    }
    lab.offer(0);
    lab.run(300);
    expect(unrestIn(lab.simulator)).toEqual([]);
  });

  it('come to the same state in every run with the same seed', () => {
    const hashes = [1, 2].map(() => {
      const lab = new FaultLab(SMALL_TOWN, faults);
      lab.offer(40);
      lab.run(100);
      const hash = new StateHash();
      lab.simulator.mixInto(hash);
      return hash.digest();
    });
    expect(hashes[0]).toBe(hashes[1]);
  });
});
