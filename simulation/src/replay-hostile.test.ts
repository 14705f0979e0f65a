import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, type Run, RunSchema } from './protocol/index.ts';
import { replay } from './replay.ts';
import { RULESET } from './ruleset.ts';
import { helloWorld } from './scenarios/hello-world.ts';
import { replaced } from './testing/replaced.ts';

const position = { x: 0, y: 0 };
const cache = { kind: 'cache', id: 'cache', size: 'S', eviction: 'lru', position } as const;

const run: Run = {
  format: 'project-devops/run@1',
  ruleset: RULESET,
  scenario: { ...helloWorld, durationSeconds: 12, startingMoney: 1_000 },
  seed: 7,
  commands: [
    { atMs: 0, command: { type: 'place-node', node: cache } },
    { atMs: 0, command: { type: 'connect', from: 'web-1', to: 'cache' } },
    { atMs: 0, command: { type: 'start-operation' } },
    { atMs: 1_500, command: { type: 'resize-node', id: 'web-1', size: 'XL' } },
    { atMs: 2_000, command: { type: 'restart-node', id: 'primary' } },
    { atMs: 2_500.5, command: { type: 'remove-node', id: 'cache' } },
  ],
  endMs: 6_000,
  stateHash: 'f'.repeat(16),
};

describe('a run of foreign origin', () => {
  it('is refused with a reason or played, wherever it was changed', () => {
    const number = fc.oneof(
      fc.constantFrom(0, 1, -1, 0.5, 1e-9, 86_400, 1e9, 4_294_967_295),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.nat(1_000),
    );
    const name = fc.constantFrom(
      'S',
      'XL',
      'web-1',
      'cache',
      'constructor',
      'vm-basic',
      'write',
      'uniform',
    );
    const by = fc.oneof(
      { weight: 6, arbitrary: number },
      { weight: 2, arbitrary: name },
      { weight: 1, arbitrary: fc.jsonValue() },
      {
        weight: 1,
        arbitrary: fc.constantFrom(null, [], {}, ['read'], { home: 0 }, { constructor: 1 }),
      },
    );
    const change = fc.tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }), by);
    let played = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = changes.reduce<unknown>(
          (doc, [path, value]) => replaced(doc, path, value),
          run,
        );
        const parsed = parse<Run>(RunSchema, changed);
        if (!parsed.ok) return;
        const again = replay(parsed.value, { untilMs: Math.min(parsed.value.endMs, 4_000) });
        if (!again.ok) {
          expect(again.problem.path).toMatch(/^\/(scenario|commands)/);
          expect(again.problem.expected).not.toBe('');
          return;
        }
        played++;
        expect(again.engine.stateHash()).toMatch(/^[0-9a-f]{16}$/);
        expect(JSON.stringify(again.engine.snapshot())).not.toMatch(/NaN|undefined/);
        for (const figure of Object.values(again.engine.snapshot())) {
          if (typeof figure === 'number') expect(Number.isFinite(figure)).toBe(true);
        }
      }),
      { seed: 51, numRuns: 1_500 },
    );
    expect(played).toBeGreaterThan(50);
  });
});
