import { describe, expect, it } from 'vitest';
import type { Drill, Fault, Measurement, Topology } from '../protocol/index.ts';
import { unrestIn, WindowAccounts } from '../testing/accounts.ts';
import { FaultLab } from '../testing/fault-lab.ts';
import { HAMLET } from '../testing/situation.ts';
import { SMALL_TOWN } from '../testing/small-town.ts';

const toWeb = { link: { from: 'clients', to: 'web-1' } } as const;
const HOME = { home: 1 };

describe('a partition', () => {
  const cut: Fault = {
    id: 'p',
    kind: 'partition',
    target: toWeb,
    atSeconds: 10,
    durationSeconds: 30,
  };

  it('lets calls time out, refuses none, and reaches no node behind it', () => {
    const lab = new FaultLab(HAMLET, [cut]);
    lab.offer(10, HOME);
    lab.run(10.1);
    const row = lab.run(29.8);
    expect(row('web-1').offered).toBe(0);
    expect(row('*').served).toBe(0);
    expect(Object.keys(row('*').errors)).toEqual(['time-out']);
    expect(row('*').errors['time-out']).toBeGreaterThan(200);
  });

  it('serves every request that comes after its end', () => {
    const lab = new FaultLab(HAMLET, [cut]);
    lab.offer(10, HOME);
    lab.run(60);
    const row = lab.run(20);
    expect(row('*').errors).toEqual({});
    expect(row('*').served).toBeGreaterThan(150);
  });

  it('holds up what it cuts off for no longer than retransmission takes after its end', () => {
    const lab = new FaultLab(HAMLET, []);
    lab.offer(40, HOME);
    lab.run(5);
    const drill: Drill = { id: 'p', kind: 'partition', target: toWeb, durationSeconds: 0.5 };
    lab.simulator.beginFault(drill);
    const row = lab.run(5);
    // Sent at 0, again after .2 and .6 s: the third one comes through.
    expect(row('*').errors).toEqual({});
    expect(row('*').latency.p99Ms).toBeGreaterThan(550);
    expect(row('*').latency.p99Ms).toBeLessThan(700);
  });

  it('around a group leaves the links inside and outside of it whole', () => {
    const lab = new FaultLab(SMALL_TOWN, []);
    lab.simulator.beginFault({
      id: 'p',
      kind: 'partition',
      target: { nodes: ['web-1', 'cache', 'primary'] },
      durationSeconds: null,
    });
    const lost = lab.simulator.topology.links.filter((link) => link.lossRatio === 1);
    expect(lost.map(({ key }) => key).sort()).toEqual([
      'balancer>web-1',
      'primary>replica',
      'web-1>replica',
      'web-2>cache',
      'web-2>primary',
    ]);
  });

  it('is seen on the links it cuts', () => {
    const lab = new FaultLab(HAMLET, [cut]);
    lab.offer(10, HOME);
    lab.run(10.1);
    lab.simulator.closeLinkWindows(HAMLET);
    lab.run(20);
    const [link] = lab.simulator.closeLinkWindows(HAMLET);
    expect(link?.calls.static).toBeGreaterThan(100);
    expect(link?.failed).toBeGreaterThan(100);
    expect(link?.meanMs).toBeNull();
  });
});

describe('the loss of packets', () => {
  const loss = (ratio: number): Fault => ({
    id: 'l',
    kind: 'loss',
    target: toWeb,
    ratio,
    atSeconds: 0,
    durationSeconds: null,
  });

  /** Mean end-to-end time under a load that never queues. */
  function meanMs(faults: readonly Fault[], seed: number): { meanMs: number; row: Measurement } {
    const lab = new FaultLab(HAMLET, faults, seed);
    lab.offer(4, HOME);
    const row = lab.run(500)('*');
    return { meanMs: row.latency.sumMs / row.latency.count, row };
  }

  it('costs each call and each answer the retransmission time-outs of its losses', () => {
    const ratio = 0.1;
    // A packet's delay: 200 ms with p, 600 with p², 1400 with p³ … : the sum of 200 (2p)^k / 2 …, derived below.
    const delays = Array.from({ length: 6 }, (_, n) => 200 * (2 ** (n + 1) - 1));
    const shares = delays.map((_, n) => ratio ** (n + 1) * (1 - ratio));
    const mean = delays.reduce((sum, delay, n) => sum + delay * (shares[n] ?? 0), 0);
    const square = delays.reduce((sum, delay, n) => sum + delay * delay * (shares[n] ?? 0), 0);
    const { meanMs: lossy, row } = meanMs([loss(ratio)], 3);
    const { meanMs: clean } = meanMs([], 3);
    const error = Math.sqrt((2 * (square - mean * mean)) / row.latency.count);
    expect(Math.abs(lossy - clean - 2 * mean)).toBeLessThan(4 * error);
  });

  it('loses no request while clients wait long enough', () => {
    const { row } = meanMs([loss(0.05)], 1);
    const failed = Object.values(row.errors).reduce((sum, count) => sum + count, 0);
    expect(failed / row.offered).toBeLessThan(0.01);
    expect(row.offered).toBe(row.served + failed + row.inFlight);
  });

  it('draws nothing where nothing is lost, so that the rest of the run stays as it was', () => {
    expect(meanMs([{ ...loss(0.5), atSeconds: 1_000 }], 7)).toEqual(meanMs([], 7));
  });
});

describe('calls with a time-out of their own and retries, over a link that is cut', () => {
  const guarded: Topology = {
    ...HAMLET,
    links: HAMLET.links.map((link) => ({
      ...link,
      calls: {
        timeoutMs: 300,
        retries: { attempts: 2, backoffMs: 50, jitter: false, budgetRatio: null },
      },
    })),
  };
  const cut: Fault = {
    id: 'p',
    kind: 'partition',
    target: { link: { from: 'web-1', to: 'primary' } },
    atSeconds: 5,
    durationSeconds: 10,
  };

  it('fail by it, and nothing of them is left once the link is whole', () => {
    const lab = new FaultLab(guarded, [cut]);
    lab.offer(5, { signup: 1 });
    lab.run(5.5);
    const row = lab.run(9);
    expect(row('*').served).toBe(0);
    expect(row('primary').offered).toBe(0);
    expect(row('*').errors['time-out'] ?? 0).toBeGreaterThan(20);
    lab.run(5);
    const after = lab.run(10);
    expect(after('*').errors).toEqual({});
    expect(after('*').served).toBeGreaterThan(30);
    lab.offer(0);
    lab.run(200);
    expect(unrestIn(lab.simulator)).toEqual([]);
  });

  it('are not lost on the way of their answers either', () => {
    const link = { from: 'web-1', to: 'primary' };
    const loss: Fault = { ...cut, kind: 'loss', target: { link }, ratio: 0.3 };
    const lab = new FaultLab(guarded, [loss]);
    lab.offer(5, { signup: 1 });
    expect(new WindowAccounts().faultsIn([lab.run(20)('*')])).toEqual([]);
    lab.offer(0);
    lab.run(200);
    expect(unrestIn(lab.simulator)).toEqual([]);
  });
});
