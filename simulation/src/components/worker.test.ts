import { describe, expect, it } from 'vitest';
import { order, running, site, withTimeout } from '../testing/order-site.ts';
import { slow } from '../testing/situation.ts';

describe('a worker', () => {
  it('that crashes has its messages done by another: at least once, and twice what was done already', () => {
    const crashed = (idempotent: boolean) => {
      const { simulator, run, offer } = running({
        workers: [{ idempotent }, { idempotent }],
        queue: { partitions: 16 },
        profile: slow({ 'worker-commit': 20 }),
      });
      offer(60);
      const sums = { offered: 0, written: 0, duplicates: 0, redelivered: 0, consumed: 0 };
      const look = (forMs: number) => {
        const row = run(forMs);
        const { messages } = row('queue');
        sums.offered += row('*').served;
        sums.written += row('primary').served;
        sums.duplicates += messages?.duplicates ?? 0;
        sums.redelivered += messages?.redelivered ?? 0;
        sums.consumed += messages?.consumed ?? 0;
      };
      for (let i = 0; i < 10; i++) {
        look(7_000);
        simulator.restart(i % 2 === 0 ? 'worker-1' : 'worker-2');
      }
      offer(0);
      look(60_000);
      expect(sums.consumed).toBe(sums.offered);
      return sums;
    };
    const once = crashed(true);
    const twice = crashed(false);
    expect(once.redelivered).toBeGreaterThan(10);
    expect(once.duplicates).toBeGreaterThan(5);
    expect(once.written).toBe(once.offered);
    expect(twice.written).toBe(twice.offered + twice.duplicates);
  });

  it('gets the same messages in whatever order the links were drawn', () => {
    const rowsOf = (turned: boolean) => {
      const of = { workers: [{}, {}, { group: 'search' }] };
      const { nodes, links } = site(of);
      const { run, offer } = running(of, 1, turned ? { nodes, links: links.toReversed() } : null);
      offer(40);
      const row = run(20_000);
      return ['queue', 'worker-1', 'worker-2', 'worker-3'].map(row);
    };
    expect(rowsOf(true)).toEqual(rowsOf(false));
  });

  it('works on as many messages at once as it is told, and there are partitions', () => {
    const inWork = (concurrency: number, partitions: number) => {
      const { run, offer } = running({ workers: [{ concurrency }], queue: { partitions } });
      offer(400);
      return run(10_000)('worker-1').inFlight;
    };
    expect([inWork(3, 8), inWork(8, 3), inWork(1, 1)]).toEqual([3, 3, 1]);
  });

  it('shares the messages with its group, and another group gets them all as well', () => {
    const { run, offer } = running({
      workers: [{ group: 'mail' }, { group: 'mail' }, { group: 'search' }],
    });
    offer(30);
    run(5_000);
    offer(0);
    const before = run(10_000);
    expect(before('queue').consumerLag).toBe(0);
    offer(30);
    const row = run(20_000);
    offer(0);
    const rest = run(10_000);
    const served = (id: string) => row(id).served + rest(id).served;
    expect(served('worker-1') + served('worker-2')).toBe(row('*').served + rest('*').served);
    expect(served('worker-3')).toBe(row('*').served + rest('*').served);
    expect(served('worker-1')).toBeGreaterThan(100);
    expect(served('worker-2')).toBeGreaterThan(100);
  });

  it('that is given up too early writes again and again, unless it knows the message', () => {
    const written = (idempotent: boolean) => {
      const profile = slow({ 'worker-commit': 200 });
      const of = {
        workers: [{ idempotent, concurrency: 1 }],
        queue: { maxDeliveries: 3 },
        profile,
      };
      const { simulator, run, change, offer } = running(of);
      change(withTimeout(of, 'queue', 'worker-1', 150));
      offer(0.5);
      run(60_000);
      offer(0);
      expect(run(60_000)('queue').consumerLag).toBe(0);
      const served = (id: string) => simulator.topology.get(id)?.meter.everServed ?? 0;
      return served('primary') / served('queue');
    };
    expect([written(false), written(true)]).toEqual([3, 1]);
  });
});

describe('a worker that is drained', () => {
  it('finishes its messages and gets no other, so that none comes twice after its restart', () => {
    const classes = { order: { ...order, deferrable: true } };
    const { simulator, run, offer } = running({
      workers: [{}, {}],
      queue: { partitions: 8 },
      classes,
    });
    // More than two workers can do: there always is another message.
    offer(200);
    run(5_000);
    simulator.drain('worker-1');
    run(500);
    expect(simulator.isIdle('worker-1')).toBe(true);
    const drained = run(2_000);
    expect(drained('worker-1').offered).toBe(0);
    expect(drained('worker-2').served).toBeGreaterThan(100);
    simulator.restart('worker-1');
    const later = run(20_000);
    expect(later('worker-1').served).toBeGreaterThan(100);
    expect(later('queue').messages).toMatchObject({ redelivered: 0, duplicates: 0 });
  });
});

describe('a worker that its queue cannot reach', () => {
  const cut = {
    kind: 'partition',
    id: 'cut',
    target: { link: { from: 'queue', to: 'worker-1' } },
    durationSeconds: 60,
  } as const;

  it('leaves its partitions to the others of its group, and has its part again afterwards', () => {
    const { simulator, run, offer } = running({ workers: [{}, {}] });
    offer(40);
    run(10_000);
    simulator.beginFault(cut);
    run(10_000);
    const meanwhile = run(50_000);
    expect(meanwhile('queue').consumerLag).toBeLessThan(10);
    expect(meanwhile('worker-1').offered).toBe(0);
    expect(meanwhile('worker-2').offered).toBeCloseTo(meanwhile('*').offered, -1);
    run(5_000);
    const after = run(20_000);
    expect(after('worker-1').offered).toBeGreaterThan(0.3 * after('*').offered);
    offer(0);
    run(60_000);
    expect(run(1)('queue').messages?.waiting).toBe(0);
  });

  it('has all its messages wait, and loses none, when it is the only one', () => {
    const { simulator, run, offer } = running({ workers: [{}] });
    offer(40);
    run(10_000);
    simulator.beginFault(cut);
    const meanwhile = run(60_000);
    expect(meanwhile('queue').consumerLag).toBeGreaterThan(40 * 60 * 0.9);
    offer(0);
    // Back in its group at once, and reading after the rebalance: what waited is done in less than a minute.
    const after = run(60_000)('queue').messages;
    expect(after).toMatchObject({ waiting: 0, lost: 0, deadLettered: 0 });
    expect(after?.consumed).toBe(meanwhile('queue').messages?.waiting);
  });
});
