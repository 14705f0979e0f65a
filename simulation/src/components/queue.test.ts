import { describe, expect, it } from 'vitest';
import type { Profile } from '../protocol/index.ts';
import { editTopology } from '../rules/topology-edits.ts';
import { type Queue, running, site } from '../testing/order-site.ts';
import { slow } from '../testing/situation.ts';
import { CATALOG } from './catalog.ts';

describe('a queue', () => {
  it('brings messages again while the database is down, and puts aside those that failed too often', () => {
    const outage = (maxDeliveries: number) => {
      const { simulator, run, offer } = running({ queue: { maxDeliveries } });
      offer(5);
      run(3_000);
      simulator.restart('primary');
      const down = run(6_000);
      offer(0);
      return { down: down('queue').messages, up: run(60_000)('queue') };
    };
    const patient = outage(20);
    expect(patient.down?.redelivered).toBeGreaterThan(5);
    expect([patient.down?.deadLettered, patient.up.messages?.deadLettered]).toEqual([0, 0]);
    expect(patient.up.consumerLag).toBe(0);
    const hasty = outage(2);
    expect(hasty.down?.deadLettered).toBeGreaterThan(5);
    expect(hasty.up.consumerLag).toBe(0);
  });

  it('lets messages expire that are too old to matter, and loses those older than its retention', () => {
    const late = (queue: Partial<Queue>) => {
      const { run, offer } = running({ queue, profile: slowApplication() });
      offer(30);
      return run(60_000)('queue');
    };
    const expiring = late({ expirySeconds: 5 });
    expect(expiring.messages?.expired).toBeGreaterThan(1_000);
    expect(expiring.lagMs).toBeLessThanOrEqual(5_000 + 2 * 4 * 501);
    const losing = late({ retentionSeconds: 5 });
    expect([losing.messages?.expired, (losing.messages?.lost ?? 0) > 1_000]).toEqual([0, true]);
    const keeping = late({});
    expect([keeping.messages?.expired, keeping.messages?.lost]).toEqual([0, 0]);
    expect(keeping.lagMs).toBeGreaterThan(30_000);
  });

  it('takes no messages while its disk is full, and goes on delivering those it has', () => {
    const { simulator, run, offer } = running({
      profile: slow({ 'app-write': 200 }),
    });
    offer(20);
    run(10_000);
    const target = { node: 'queue' };
    simulator.beginFault({ id: 'd', kind: 'full-disk', target, durationSeconds: 10 });
    const full = run(9_000);
    expect(full('queue').errors).toEqual({ 'disk-full': full('queue').offered });
    expect(full('queue').messages?.consumed).toBeGreaterThan(20);
    run(2_000);
    expect(run(5_000)('queue').errors).toEqual({});
  });

  it('takes its options from commands, within their bounds', () => {
    const rules = { catalog: CATALOG, shop: [] };
    const set = (id: string, options: object) =>
      editTopology(site({}), { type: 'configure-node', id, options }, rules);
    const set3 = set('queue', { partitions: 3, acks: 'all' });
    expect(set3.ok && set3.edit.undo).toEqual([
      { type: 'configure-node', id: 'queue', options: { partitions: 8, acks: 'leader' } },
    ]);
    expect(set('worker-1', { group: 'mail', concurrency: 2, idempotent: true }).ok).toBe(true);
    const bad = [
      ...[0, 65, 1.5, -1, Number.NaN].map((partitions) => ['queue', { partitions }] as const),
      ...[0, 65, Number.NaN].map((concurrency) => ['worker-1', { concurrency }] as const),
      ['queue', { maxDeliveries: 0 }],
      ['queue', { expirySeconds: 0 }],
      ['queue', { retentionSeconds: 1e9 }],
      ['queue', { group: 'mail' }],
      ['worker-1', { group: 'Not A Name' }],
    ] as const;
    for (const [id, options] of bad) {
      expect(set(id, options)).toMatchObject({ refusal: { code: 'option-not-supported' } });
    }
  });

  it('keeps its messages when it restarts and when its options change', () => {
    const { simulator, run, change, offer } = running({ workers: [], queue: { acks: 'all' } });
    offer(50);
    run(5_000);
    offer(0);
    const before = run(1_000)('queue').consumerLag ?? 0;
    expect(before).toBeGreaterThan(150);
    simulator.restart('queue');
    run(5_000);
    change(site({ queue: { acks: 'none', partitions: 2, rebalancing: 'cooperative' } }));
    const after = run(30_000);
    expect(after('worker-1').served).toBe(before);
    expect(after('queue').consumerLag).toBe(0);
  });
});

/** A worker that does two messages a second and core. */
function slowApplication(): Profile {
  return slow({ 'app-write': 500 });
}
