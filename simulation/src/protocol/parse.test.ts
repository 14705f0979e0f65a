import fc from 'fast-check';
import Type, { type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { helloWorld } from '../scenarios/hello-world.ts';
import { replaced } from '../testing/replaced.ts';
import { CommandSchema } from './command.ts';
import { MeasurementSchema } from './measurement.ts';
import { parse } from './parse.ts';
import { ProfileSchema } from './profile.ts';
import { RunSchema } from './run.ts';
import { ScenarioSchema } from './scenario.ts';
import { NODE_KINDS, NODE_SCHEMAS, NodeSchema, TopologySchema } from './topology.ts';

const vm = { kind: 'vm-basic', id: 'web-1', size: 'S', position: { x: 0, y: 0 } };

const run = {
  format: 'project-devops/run@1',
  ruleset: `1-${'0'.repeat(16)}`,
  scenario: helloWorld,
  seed: 7,
  commands: [
    { atMs: 0, command: { type: 'place-node', node: vm } },
    { atMs: 0, command: { type: 'start-operation' } },
    { atMs: 1500, command: { type: 'connect', from: 'web-1', to: 'primary' } },
  ],
  endMs: 2000,
  stateHash: 'f'.repeat(16),
};

function problemsOf(schema: TSchema, value: unknown) {
  const parsed = parse(schema, value);
  return parsed.ok ? [] : parsed.problems;
}

describe('parse', () => {
  it('takes what fits as it is', () => {
    const parsed = parse(RunSchema, run);
    expect(parsed).toEqual({ ok: true, value: run });
    expect(parsed.ok && parsed.value).toBe(run);
  });

  it('reports the faults of the chosen variant only', () => {
    const node = { ...vm, size: 'Q', colour: 'red', position: { x: 'left' } };
    const known = Object.keys(NODE_SCHEMAS['vm-basic'].properties);
    expect(known.slice(0, 4)).toEqual(['kind', 'id', 'position', 'size']);
    expect(problemsOf(NodeSchema, node)).toEqual([
      { path: '/size', expected: 'one of S, M, L, XL' },
      { path: '/position/y', expected: 'a number from -20000 to 20000 (it is missing)' },
      { path: '/position/x', expected: 'a number from -20000 to 20000' },
      { path: '/colour', expected: `no entry of this name: known are ${known.join(', ')}` },
    ]);
  });

  it('names the variants when none is chosen', () => {
    const kinds = `one of ${NODE_KINDS.join(', ')}`;
    expect(problemsOf(NodeSchema, { ...vm, kind: 'toaster' })).toEqual([
      { path: '/kind', expected: kinds },
    ]);
    expect(problemsOf(NodeSchema, {})).toEqual([
      { path: '/kind', expected: `${kinds} (it is missing)` },
    ]);
    expect(problemsOf(NodeSchema, 'vm')).toEqual([
      { path: '', expected: `an object whose kind is ${kinds}` },
    ]);
  });

  it('points at the fault inside a whole run', () => {
    const commands = [{ atMs: 0, command: { type: 'resize-node', id: 'Web 1', size: 'XXL' } }];
    expect(problemsOf(RunSchema, { ...run, commands, seed: 1.5 })).toEqual([
      { path: '/seed', expected: 'a whole number from 0 to 4294967295' },
      {
        path: '/commands/0/command/id',
        expected:
          'lower-case letters, digits and hyphens, starting with a letter, at most 32 characters',
      },
      { path: '/commands/0/command/size', expected: 'one of S, M, L, XL' },
    ]);
  });

  it('chooses between text and texts by what the value is', () => {
    const text = 'text of 1 to 600 characters';
    expect(problemsOf(ScenarioSchema, { ...helloWorld, title: '', goal: { en: 'Go' } })).toEqual([
      { path: '/title', expected: text },
      { path: '/goal/ko', expected: `${text} (it is missing)` },
    ]);
    expect(problemsOf(ScenarioSchema, { ...helloWorld, title: 3 })).toEqual([
      { path: '/title', expected: `${text} or an object with en, ko` },
    ]);
  });

  it('tells variants of one kind apart by trying them', () => {
    const id = problemsOf(MeasurementSchema, { node: '**' }).find(({ path }) => path === '/node');
    expect(id?.expected).toMatch(/^lower-case letters.* or \*$/);
    for (const node of ['*', 'web-1']) {
      const paths = problemsOf(MeasurementSchema, { node }).map(({ path }) => path);
      expect(paths).not.toContain('/node');
    }
  });

  it('refuses numbers that are none', () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, -1e300, '1', null]) {
      expect(problemsOf(NodeSchema, { ...vm, position: { x, y: 0 } })).toEqual([
        { path: '/position/x', expected: 'a number from -20000 to 20000' },
      ]);
    }
  });

  it('refuses names that no pattern of a record allows', () => {
    const classes = { ...helloWorld.classes, HOME: 1 };
    expect(problemsOf(ScenarioSchema, { ...helloWorld, classes })).toEqual([
      {
        path: '/classes/HOME',
        expected: 'no entry of this name: names fit ^[a-z][a-z0-9-]{0,31}$',
      },
    ]);
  });

  it('refuses entries that are there twice, and lists that are too long, at their place', () => {
    expect(problemsOf(ScenarioSchema, { ...helloWorld, shop: ['cache', 'cache'] })).toEqual([
      { path: '/shop/1', expected: 'an entry that is not there yet' },
    ]);
    expect(problemsOf(ScenarioSchema, { ...helloWorld, mix: [] })).toEqual([
      { path: '/mix', expected: 'a list of 1 to 50 entries' },
    ]);
  });

  it('escapes names as a JSON pointer does and shortens them', () => {
    const node = JSON.parse(`{"a/b~c": 1, "${'x'.repeat(500)}": 2}`) as object;
    const paths = problemsOf(NodeSchema, { ...vm, ...node }).map(({ path }) => path);
    expect(paths).toEqual(['/a~1b~0c', `/${'x'.repeat(80)}…`]);
  });
});

describe('parse of hostile values', () => {
  it('stops at twenty problems, however many faults there are', () => {
    const topology = { nodes: new Array(500).fill(1), links: new Array(2000).fill({}) };
    expect(problemsOf(TopologySchema, topology)).toHaveLength(20);
    const names = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`n${i}`, i]));
    expect(problemsOf(NodeSchema, { ...vm, ...names })).toHaveLength(20);
  });

  it('looks no further into a list or record that is too long', () => {
    const nodes = new Array(2_000_000).fill(vm);
    expect(problemsOf(TopologySchema, { nodes, links: [] })).toEqual([
      { path: '/nodes', expected: 'a list of at most 500 entries' },
    ]);
    const shop = new Array(2_000_000).fill('cache');
    expect(problemsOf(ScenarioSchema, { ...helloWorld, shop })).toEqual([
      { path: '/shop', expected: 'a list of at most 100 entries' },
    ]);
    const unbounded = Type.Array(Type.String(), { uniqueItems: true });
    expect(problemsOf(unbounded, shop)).toHaveLength(20);
  });

  it('does not follow nesting that no schema has', () => {
    let deep: unknown = 'bottom';
    for (let i = 0; i < 100_000; i++) deep = { nodes: [deep] };
    expect(problemsOf(TopologySchema, deep).length).toBeGreaterThan(0);
    expect(problemsOf(NodeSchema, { ...vm, id: deep }).map(({ path }) => path)).toEqual(['/id']);
  });

  it('takes members with special names for what they are', () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__": {"kind": "vm-basic"}, "constructor": 1, "toString": 2}',
    );
    expect(problemsOf(NodeSchema, hostile).map(({ path }) => path)).toEqual(['/kind']);
    const inherited: unknown = Object.create(vm);
    expect(problemsOf(NodeSchema, inherited).map(({ path }) => path)).toEqual(['/kind']);
    const extra = JSON.parse(`{"__proto__": 1, ${JSON.stringify(vm).slice(1)}`) as object;
    expect(problemsOf(NodeSchema, extra).map(({ path }) => path)).toEqual(['/__proto__']);
  });

  it('answers for values that throw when read', () => {
    const trap = {
      get kind(): string {
        throw new Error('boo');
      },
    };
    expect(problemsOf(NodeSchema, trap)).toEqual([
      { path: '', expected: 'plain data that can be read (Error: boo)' },
    ]);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(problemsOf(NodeSchema, revoked.proxy)).toHaveLength(1);
  });
});

const SCHEMAS: readonly TSchema[] = [
  RunSchema,
  ScenarioSchema,
  TopologySchema,
  CommandSchema,
  MeasurementSchema,
  ProfileSchema,
];

describe('parse against the schema library', () => {
  const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, withDate: true });

  it('never throws, and refuses with at most twenty problems of readable words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SCHEMAS), anything, (schema, value) => {
        const parsed = parse(schema, value);
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        expect(parsed.problems.length).toBeLessThanOrEqual(20);
        for (const { path, expected } of parsed.problems) {
          expect(path).toMatch(/^(\/.*)*$/su);
          expect(expected).not.toMatch(/undefined|\[object/);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('agrees on what fits, wherever a valid run is changed', () => {
    const by = fc.oneof(fc.jsonValue(), fc.constantFrom('S', 'web-1', 0, 1, -1, '', null, vm));
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 8 }), by, (path, value) => {
        const changed = replaced(run, path, value);
        const parsed = parse(RunSchema, changed);
        expect(parsed.ok).toBe(Value.Check(closedRecords(RunSchema), changed));
        if (!parsed.ok) expect(parsed.problems[0]?.expected).not.toMatch(/fits the schema/);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

/** The schema with records that allow no names but those of their pattern. */
function closedRecords(schema: TSchema): TSchema {
  const closed = structuredClone(JSON.parse(JSON.stringify(schema))) as object;
  const visit = (value: object) => {
    if ('patternProperties' in value) Object.assign(value, { additionalProperties: false });
    for (const child of Object.values(value)) {
      if (typeof child === 'object' && child !== null) visit(child);
    }
  };
  visit(closed);
  return Type.Unsafe(closed);
}
