import { describe, expect, it } from 'vitest';
import { partitionOf } from '../primitives/log.ts';
import { messageLab } from '../testing/message-lab.ts';
import { observeRuns, QueueLab } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { meanTimeMMc } from '../testing/theory.ts';

const KEYS = 64;
const RHO = 0.6;

/** Share of the messages that each consumer gets when neighbouring partitions go to the same one. */
function sharesOf(partitions: number, consumers: number): number[] {
  const chosen = Array.from({ length: KEYS }, (_, key) => partitionOf(key, partitions));
  const own = partitions / consumers;
  return Array.from(
    { length: consumers },
    (_, consumer) => chosen.filter((p) => Math.floor(p / own) === consumer).length / KEYS,
  );
}

/** Each consumer has a share of a Poisson stream to itself, and is an M/M/1 of its own. */
describe.each([
  ['one partition and one consumer', 1, 1],
  ['a consumer for each of four partitions', 4, 4],
  ['four consumers for 64 partitions', 64, 4],
])('%s', (_, partitions, consumers) => {
  it('have the mean time of M/M/1, not of M/M/c', () => {
    const lab = messageLab({ log: { partitions }, concurrency: consumers, keys: KEYS });
    const load = { perMs: RHO * consumers, warmUpMs: 200 / consumers, forMs: 3_000 / consumers };
    const times = observeRuns(lab, load, (row) => row('queue').messages?.meanMs ?? 0);
    const truth = sharesOf(partitions, consumers).reduce(
      (sum, share) => sum + share * meanTimeMMc(1, RHO * consumers * share),
      0,
    );
    expect(errorsOff(estimate(times), truth)).toBeLessThan(4);
    expect(truth / meanTimeMMc(1, RHO)).toBeCloseTo(1, 0);
    if (consumers > 1) {
      expect(estimate(times).mean).toBeGreaterThan(1.5 * meanTimeMMc(consumers, RHO * consumers));
    }
  });
});

describe('keys', () => {
  it('are spread over the partitions, so that none has twice its part', () => {
    for (const partitions of [2, 4, 5, 16]) {
      const shares = sharesOf(partitions, partitions);
      expect(Math.max(...shares)).toBeLessThan(2 / partitions);
      expect(Math.min(...shares)).toBeGreaterThan(0.5 / partitions);
    }
  });
});

describe('a pulse of more messages than the worker can take', () => {
  /** Evenly spaced: 3 a millisecond for 100 ms to a worker that takes 2, then 1 a millisecond. */
  it('piles up in proportion to the excess and is gone as long after as capacity is left', () => {
    const lab = new QueueLab(
      { ...messageLab({ concurrency: 1, demand: { meanMs: 0.5, cv: 0 } }), arrivals: 'uniform' },
      1,
    );
    const lag = (forMs: number) => lab.run(forMs)('queue').consumerLag ?? -1;
    lab.offer(3);
    for (const t of [25, 50, 75, 100]) expect(Math.abs(lag(25) - t)).toBeLessThanOrEqual(2);
    lab.offer(1);
    for (const t of [75, 50, 25]) expect(Math.abs(lag(25) - t)).toBeLessThanOrEqual(2);
    lag(25);
    for (let i = 0; i < 5; i++) expect(lag(20)).toBeLessThanOrEqual(2);
  });
});

describe('the messages of a window', () => {
  it('are all accounted for, beside the requests that produced them', () => {
    const lab = new QueueLab(messageLab({ concurrency: 2, log: { partitions: 8 }, keys: KEYS }), 7);
    lab.offer(2.2);
    let waiting = 0;
    for (let window = 0; window < 40; window++) {
      const row = lab.run(50)('queue');
      const { messages } = row;
      expect(messages).toBeDefined();
      if (!messages) return;
      expect(messages.appended).toBe(row.served);
      expect(waiting + messages.appended).toBe(messages.consumed + messages.waiting);
      expect(row.consumerLag).toBe(messages.waiting);
      expect(row.inFlight).toBe(0);
      waiting = messages.waiting;
    }
    expect(waiting).toBeGreaterThan(100);
    lab.offer(0);
    lab.run(5_000);
    const end = lab.run(1)('queue');
    expect([end.consumerLag, end.lagMs, lab.simulator.inFlight]).toEqual([0, 0, 0]);
  });
});
