import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BALANCING } from './balancing.ts';

const turns = Array.from({ length: 12 }, (_, turn) => turn);

describe('round robin', () => {
  it('takes the servers in turn, however busy they are', () => {
    const chosen = turns.map((turn) => BALANCING['round-robin']({ inFlight: [9, 0, 3], turn }));
    expect(chosen).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });
});

describe('least connections', () => {
  const choose = BALANCING['least-connections'];

  it('takes the server with the fewest calls in flight', () => {
    expect(turns.map((turn) => choose({ inFlight: [4, 2, 3], turn }))).toEqual(turns.map(() => 1));
  });

  it('takes equally busy servers in turn', () => {
    const chosen = turns.map((turn) => choose({ inFlight: [1, 5, 1, 1], turn }));
    expect(chosen.slice(0, 4)).toEqual([0, 2, 2, 3]);
    expect(new Set(chosen)).toEqual(new Set([0, 2, 3]));
  });
});

describe('every policy', () => {
  it('chooses one of the servers there are', () => {
    const inFlight = fc.array(fc.nat(50), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(BALANCING)),
        inFlight,
        fc.nat(),
        (choose, calls, turn) => {
          const place = choose({ inFlight: calls, turn });
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
