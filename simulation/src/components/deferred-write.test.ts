import { describe, expect, it } from 'vitest';
import { Serving } from '../execution/serving.ts';
import { KINDS } from '../game-kinds.ts';
import { errorCount, type Topology } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { order, type Queue, running, site, withTimeout } from '../testing/order-site.ts';
import { CLIENTS } from '../testing/situation.ts';
import { DEFAULT_PROFILE } from './default-profile.ts';

describe('an application with a queue', () => {
  it('answers before the write is done, which a worker does later', () => {
    const { run, offer } = running({});
    offer(20);
    const row = run(20_000);
    expect(row('queue').offered).toBe(row('*').served);
    expect(row('primary').served).toBeGreaterThan(350);
    expect(row('web-1').latency.p95Ms).toBeLessThan(row('queue').messages?.meanMs ?? 0);
    expect(row('worker-1').offered).toBeGreaterThan(350);
    expect(errorCount(row('*').errors)).toBe(0);
  });

  it('survives a peak of writes that the database alone does not', () => {
    const peak = (deferrable: boolean) => {
      const { run, offer } = running({ classes: { order: { ...order, deferrable } } });
      offer(300);
      const during = run(10_000);
      offer(0);
      return { during, after: run(30_000) };
    };
    const without = peak(false);
    expect(without.during('queue').offered).toBe(0);
    expect(errorCount(without.during('*').errors)).toBeGreaterThan(300);
    const { during, after } = peak(true);
    expect(errorCount(during('*').errors)).toBe(0);
    expect(during('queue').consumerLag).toBeGreaterThan(500);
    expect(after('queue').consumerLag).toBe(0);
    expect(during('worker-1').served + after('worker-1').served).toBe(during('*').offered);
  });

  it('has its requests refused while the queue is full, or their messages are too large', () => {
    const classes = { order: { ...order, messageKiB: 1_024 } };
    const full = running({ classes, workers: [], queue: { size: 'S' } });
    full.offer(50);
    const row = full.run(10_000);
    expect(row('queue').served).toBe(128);
    expect(row('queue').errors).toEqual({ 'queue-full': row('queue').offered - 128 });
    expect(row('*').errors['queue-full']).toBe(row('queue').offered - 128);
    const large = running({ classes, queue: { maxMessageKiB: 1_023 } });
    large.offer(50);
    const refused = large.run(10_000)('queue');
    expect(refused.errors).toEqual({ 'message-too-large': refused.offered });
  });

  it('is served when a worker behind the queue reaches a database', () => {
    const missing = (topology: Topology) =>
      new Serving(topology, {
        kinds: KINDS,
        profile: DEFAULT_PROFILE,
        data: helloWorld.data,
      }).missingLink(CLIENTS, 'order', order);
    expect(missing(site({}))).toBeNull();
    expect(missing(site({ workers: [] }))).toEqual({ from: 'queue', to: ['worker'] });
    const { nodes, links } = site({});
    const cut = links.filter(({ from }) => from !== 'worker-1');
    expect(missing({ nodes, links: cut })?.from).toBe('worker-1');
  });

  it('leaves messages their size over links with call options', () => {
    const large = { classes: { order: { ...order, messageKiB: 2 } }, queue: { maxMessageKiB: 1 } };
    const { run, change, offer } = running(large);
    change(withTimeout(large, 'web-1', 'queue', 1_000));
    offer(50);
    const row = run(5_000)('queue');
    expect(row.errors).toEqual({ 'message-too-large': row.offered });
    expect(row.offered).toBeGreaterThan(200);
  });
});

describe('the acknowledgement that a producer waits for', () => {
  const latency = (acks: Queue['acks'] & string) => {
    const { run, offer } = running({ queue: { acks } });
    offer(10);
    return run(20_000)('web-1').latency.p50Ms ?? 0;
  };

  it('takes the longer the safer it is', () => {
    const [none, leader, all] = [latency('none'), latency('leader'), latency('all')];
    expect(leader - none).toBeGreaterThan(2 * DEFAULT_PROFILE.linkLatencyMs);
    const followersMs = 2 * DEFAULT_PROFILE.linkLatencyMs + 0.5;
    expect(Math.abs(all - leader - followersMs)).toBeLessThan(0.01 * all);
  });

  it('hides from the clients that the queue is down when it is none', () => {
    const answers = (acks: Queue['acks'] & string) => {
      const { simulator, run, offer } = running({ queue: { acks } });
      offer(50);
      run(5_000);
      simulator.restart('queue');
      const row = run(1_900);
      return [errorCount(row('*').errors) > 0, errorCount(row('queue').errors) > 0];
    };
    expect([answers('none'), answers('leader')]).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('decides what a crash of the queue loses', () => {
    const lost = (acks: Queue['acks'] & string) => {
      let sum = 0;
      for (let seed = 0; seed < 20; seed++) {
        const { simulator, run, offer } = running({ queue: { acks }, workers: [] }, seed);
        offer(300);
        run(200);
        simulator.restart('queue');
        sum += run(1)('queue').messages?.lost ?? 0;
      }
      return sum;
    };
    expect(lost('all')).toBe(0);
    // Those of the last millisecond: a Poisson number with mean .3 each time.
    expect(Math.abs(lost('leader') - 6)).toBeLessThan(4 * Math.sqrt(6));
    expect(lost('leader')).toBeGreaterThan(0);
  });
});
