import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import { LOAD_FACTOR } from '../policies/balancing.ts';
import type { NodeOf } from '../protocol/index.ts';
import { behind, EntranceRun, web } from '../testing/entrance.ts';

function balancer(changes: Partial<NodeOf<'load-balancer'>> = {}): NodeOf<'load-balancer'> {
  const position = { x: 0, y: 0 };
  return {
    kind: 'load-balancer',
    id: 'lb',
    position,
    size: 'XL',
    policy: 'round-robin',
    ...changes,
  };
}

const TWO = [web('web-1'), web('web-2')];
const CHECK = { intervalSeconds: 0.5, unhealthyAfter: 2, healthyAfter: 3 };

describe('a balancer with weights', () => {
  it('gives each server its share exactly', () => {
    const weights = { 'web-1': 5, 'web-2': 2 };
    const run = new EntranceRun({ topology: behind(balancer(), [...TWO, web('web-3')], weights) });
    run.offer(80);
    const row = run.until(10.005);
    expect(['web-1', 'web-2', 'web-3'].map((id) => row(id).offered)).toEqual([500, 200, 100]);
  });

  it('shares anew when a weight changes', () => {
    const run = new EntranceRun({ topology: behind(balancer(), TWO) });
    run.offer(80);
    run.until(10.005);
    run.change(behind(balancer(), TWO, { 'web-1': 3 }));
    const row = run.until(20.005);
    expect([row('web-1').offered, row('web-2').offered]).toEqual([600, 200]);
  });
});

describe('a balancer by consistent hash', () => {
  const unequal = [web('web-1', 'S'), web('web-2', 'XL')];
  const hashing = balancer({ policy: 'consistent-hash' });

  it('gives servers of equal weight equal shares of the clients', () => {
    const run = new EntranceRun({ topology: behind(hashing, TWO) });
    run.offer(200);
    const row = run.until(20);
    const share = row('web-1').offered / row('lb').offered;
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / row('lb').offered));
  });

  it('does not drown a slow server: what it may not hold goes to the others', () => {
    const drowned = new EntranceRun({ topology: behind(balancer(), unequal) });
    const bounded = new EntranceRun({ topology: behind(hashing, unequal) });
    for (const run of [drowned, bounded]) run.offer(400);
    expect(drowned.until(20)('*').errors).not.toEqual({});
    const row = bounded.until(20);
    expect(row('*').errors).toEqual({});
    const most = (id: string) => row(id).connections?.used ?? 0;
    const bound = Math.ceil((LOAD_FACTOR * (most('web-1') + most('web-2') + 1)) / 2);
    expect(most('web-1')).toBeLessThanOrEqual(bound);
    expect(row('web-2').offered).toBeGreaterThan(row('web-1').offered);
  });

  it('plays the same game again, its draws included in the hash', () => {
    const hashAfter = (seed: number) => {
      const run = new EntranceRun({ topology: behind(hashing, TWO), seed });
      run.offer(100);
      run.until(5);
      const hash = new StateHash();
      run.simulator.mixInto(hash);
      return hash.digest();
    };
    expect(hashAfter(1)).toBe(hashAfter(1));
    expect(hashAfter(1)).not.toBe(hashAfter(2));
  });
});

describe('a balancer without health checks', () => {
  it('stops calling a server the moment it goes down', () => {
    const run = new EntranceRun({ topology: behind(balancer(), TWO) });
    run.offer(100);
    run.until(10.2);
    run.simulator.restart('web-1');
    const row = run.until(12);
    expect(row('web-1').offered).toBe(0);
    expect(row('web-2').served).toBeGreaterThan(175);
  });
});

describe('a balancer with health checks', () => {
  it('sends a dead server its share until enough checks have failed, and again once enough have passed', () => {
    // Checks at each half second; down at 10.2, up again 3 s later: told at 11.0 and at 14.5.
    const run = new EntranceRun({ topology: behind(balancer({ healthCheck: CHECK }), TWO) });
    run.offer(100);
    const offered = (seconds: number) => run.until(seconds)('web-1').offered;
    offered(10.2);
    run.simulator.restart('web-1');
    const blind = run.until(11);
    expect(blind('web-1').offered).toBeGreaterThanOrEqual(39);
    expect(blind('web-1').offered).toBeLessThanOrEqual(41);
    expect(blind('web-1').errors['node-down']).toBe(blind('web-1').offered);
    expect(blind('*').errors['node-down']).toBeGreaterThanOrEqual(39);
    // One call may be on its way at the instant of the check.
    expect(offered(14.5)).toBeLessThanOrEqual(1);
    expect(offered(15.5)).toBeGreaterThanOrEqual(49);
  });

  it.each([
    [1, 0.25],
    [4, 0.25],
    [3, 1],
  ])(
    'takes %d failed checks, %d s apart, to leave a server out',
    (unhealthyAfter, intervalSeconds) => {
      const healthCheck = { intervalSeconds, unhealthyAfter, healthyAfter: 1 };
      const run = new EntranceRun({ topology: behind(balancer({ healthCheck }), TWO) });
      run.offer(100);
      run.until(10);
      // Just after a check: the verdict takes the full time, less a hair.
      run.simulator.runUntil(10_001);
      run.simulator.restart('web-1');
      const after = 10 + unhealthyAfter * intervalSeconds;
      const { offered } = run.until(after)('web-1');
      expect(Math.abs(offered - unhealthyAfter * intervalSeconds * 50)).toBeLessThanOrEqual(1);
      // The server is down for three seconds.
      expect(run.until(Math.min(13, after + 1))('web-1').offered).toBeLessThanOrEqual(1);
    },
  );

  it('has no route when it believes that all are down', () => {
    const run = new EntranceRun({ topology: behind(balancer({ healthCheck: CHECK }), TWO) });
    run.offer(100);
    run.until(10);
    for (const { id } of TWO) run.simulator.restart(id);
    run.until(11.5);
    const row = run.until(12.5);
    expect(row('lb').errors['no-route']).toBeGreaterThanOrEqual(99);
    expect(row('web-1').offered + row('web-2').offered).toBe(0);
  });

  it('takes a new server in once it has passed its checks', () => {
    const checking = balancer({ healthCheck: CHECK });
    const run = new EntranceRun({ topology: behind(checking, TWO) });
    run.offer(90);
    run.until(10.1);
    run.change(behind(checking, [...TWO, web('web-3')]));
    // Started at 13.1; checked at 13.5, 14.0 and 14.5.
    expect(run.until(14.5)('web-3').offered).toBe(0);
    expect(run.until(15.5)('web-3').offered).toBeGreaterThanOrEqual(29);
  });

  it('knows at once again when its checks are taken away', () => {
    const run = new EntranceRun({ topology: behind(balancer({ healthCheck: CHECK }), TWO) });
    run.offer(100);
    run.until(10.2);
    run.simulator.restart('web-1');
    run.change(behind(balancer({ healthCheck: null }), TWO));
    expect(run.until(12)('web-1').offered).toBeLessThanOrEqual(1);
  });
});
