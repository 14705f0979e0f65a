import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { BALANCING, type Choice, LOAD_FACTOR, loadBound, turnsOf } from './balancing.ts';
import { hashOf } from './hashing.ts';

const rounds = Array.from({ length: 12 }, (_, turn) => turn);

/** A choice among servers with these calls in flight; weights 1 unless given. */
function choice(inFlight: readonly number[], given: Partial<Choice & { weights: number[] }> = {}) {
  const weights = given.weights ?? inFlight.map(() => 1);
  const servers = inFlight.map((calls, i) => ({
    inFlight: calls,
    weight: weights[i] as number,
    hash: hashOf(`web-${i}`),
  }));
  return { servers, turns: turnsOf(weights), turn: given.turn ?? 0, key: given.key ?? 0 };
}

describe('round robin', () => {
  it('takes the servers in turn, however busy they are', () => {
    const chosen = rounds.map((turn) => BALANCING['round-robin'](choice([9, 0, 3], { turn })));
    expect(chosen).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it('gives each as many turns as its weight, spread as nginx spreads them', () => {
    // nginx's own example, worked by hand: a a b a c a a.
    expect(turnsOf([5, 1, 1])).toEqual([0, 0, 1, 0, 2, 0, 0]);
    expect(turnsOf([3, 2])).toEqual([0, 1, 0, 1, 0]);
  });

  it('has the shortest round there is', () => {
    expect(turnsOf([100, 50, 50])).toEqual([0, 1, 2, 0]);
    expect(turnsOf([7, 7, 7])).toEqual([0, 1, 2]);
  });

  it('gives each exactly its turns in a round, whatever the weights', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, (given) => {
        const total = given.reduce((sum, weight) => sum + weight, 0);
        const turns = turnsOf(given);
        given.forEach((weight, place) => {
          const had = turns.filter((turn) => turn === place).length;
          expect(had * total).toBe(weight * turns.length);
        });
      }),
      { seed: 43, numRuns: 100 },
    );
  });
});

describe('least connections', () => {
  const choose = BALANCING['least-connections'];

  it('takes the server with the fewest calls in flight', () => {
    expect(rounds.map((turn) => choose(choice([4, 2, 3], { turn })))).toEqual(rounds.map(() => 1));
  });

  it('takes equally busy servers in turn', () => {
    const chosen = rounds.map((turn) => choose(choice([1, 5, 1, 1], { turn })));
    expect(chosen.slice(0, 4)).toEqual([0, 2, 2, 3]);
    expect(new Set(chosen)).toEqual(new Set([0, 2, 3]));
  });

  it('weighs the calls: six at weight 4 are fewer than two at weight 1', () => {
    expect(choose(choice([2, 6], { weights: [1, 4] }))).toBe(1);
    expect(choose(choice([1, 6], { weights: [1, 4] }))).toBe(0);
  });
});

describe('consistent hash', () => {
  const choose = BALANCING['consistent-hash'];
  const stream = createStream(7, 'keys');
  const keys = Array.from({ length: 20_000 }, () => stream.nextUint32());
  const idle = (servers: number) => choice(Array(servers).fill(0));
  const ownersAmong = ({ servers, turns }: Choice) =>
    keys.map((key) => choose({ servers, turns, turn: 0, key }));

  it('always sends a client to the same server while there is room', () => {
    const [key = 0] = keys;
    expect(new Set(rounds.map((turn) => choose({ ...idle(8), turn, key }))).size).toBe(1);
  });

  it('spreads clients by weight', () => {
    const owners = ownersAmong(choice([0, 0, 0], { weights: [1, 2, 5] }));
    [1, 2, 5].forEach((weight, place) => {
      const p = weight / 8;
      const standardError = Math.sqrt((p * (1 - p)) / keys.length);
      const share = owners.filter((owner) => owner === place).length / keys.length;
      expect(Math.abs(share - p)).toBeLessThan(4 * standardError);
    });
  });

  it('moves the clients of a lost server only, about one in n, and spreads them over all others', () => {
    const all = idle(10);
    const before = ownersAmong(all);
    const after = ownersAmong({ ...all, servers: all.servers.slice(0, 9) });
    const moved = before.filter((owner, i) => owner !== after[i]).length;
    expect(moved).toBe(before.filter((owner) => owner === 9).length);
    expect(moved / keys.length).toBeLessThan(0.1 + 4 * Math.sqrt(0.09 / keys.length));
    const heirs = new Set(after.filter((_, i) => before[i] === 9));
    expect(heirs.size).toBe(9);
  });

  it('never gives a server more than its bound, whoever comes and goes', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.nat()), {
      maxLength: 120,
      size: 'max',
    });
    fc.assert(
      fc.property(weights, steps, (given, script) => {
        const inFlight = given.map(() => 0);
        const total = given.reduce((sum, weight) => sum + weight, 0);
        for (const [hotKey, leaver] of script) {
          const place = choose(choice(inFlight, { weights: given, key: hotKey }));
          const calls = inFlight.reduce((sum, held) => sum + held, 1);
          inFlight[place] = (inFlight[place] as number) + 1;
          expect(inFlight[place]).toBeLessThanOrEqual(
            Math.ceil((LOAD_FACTOR * calls * (given[place] as number)) / total),
          );
          const leaves = leaver % (2 * given.length);
          if ((inFlight[leaves] ?? 0) > 0) inFlight[leaves] = (inFlight[leaves] as number) - 1;
        }
      }),
      { seed: 44, numRuns: 100 },
    );
  });

  it('passes over a server that holds its bound', () => {
    const [key = 0] = keys;
    const own = choose({ ...idle(4), key });
    // With the new call there are 6 + held + 1 calls; a server may hold ceil(1.25 * calls / 4).
    const choiceWhile = (held: number) => {
      const inFlight = [2, 2, 2, 2];
      inFlight[own] = held;
      return choose(choice(inFlight, { key }));
    };
    expect(loadBound(10, 1, 4)).toBe(4);
    expect(choiceWhile(3)).toBe(own);
    expect(loadBound(11, 1, 4)).toBe(4);
    expect(choiceWhile(4)).not.toBe(own);
  });

  it('bounds a server by its exact share, whatever its weight is among the others', () => {
    // 4 k calls are 5 k with the factor: among weights of 5 k a server may hold as many as it weighs.
    for (let k = 1; k <= 20; k++) {
      for (let weight = 1; weight <= 5 * k; weight++) {
        expect(loadBound(4 * k, weight, 5 * k)).toBe(weight);
      }
    }
  });
});

describe('every policy', () => {
  it('chooses one of the servers there are', () => {
    const inFlight = fc.array(fc.nat(50), { minLength: 1, maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(BALANCING)),
        inFlight,
        fc.nat(),
        fc.nat(),
        (choose, calls, turn, key) => {
          const place = choose(choice(calls, { turn, key }));
          expect(calls[place]).toBeDefined();
          if (choose === BALANCING['least-connections']) {
            expect(calls[place]).toBe(Math.min(...calls));
          }
        },
      ),
      { seed: 41, numRuns: 200 },
    );
  });
});
