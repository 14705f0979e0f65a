import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import {
  CallOptionsSchema,
  NODE_SCHEMAS,
  NodeSchema,
  ProfileSchema,
  parse,
  ScenarioSchema,
} from './index.ts';

const NOT_FINITE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const HUGE = 1e300;
/** What earns the full part may be as much as anybody likes: nothing is run with it. */
const UNBOUNDED = /^\/scoring\//;

type Path = readonly string[];
const pointer = (path: Path) => path.map((name) => `/${name}`).join('');

/** Where the numbers of a value are. */
function numbersIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => numbersIn(one, [...path, name]));
}

function withNumber(value: unknown, [name, ...rest]: Path, number: number): unknown {
  if (name === undefined) return number;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Reflect.set(copy, name, withNumber(Reflect.get(copy, name), rest, number));
  return copy;
}

function pathsRefused(schema: Parameters<typeof parse>[0], value: unknown): readonly string[] {
  const parsed = parse(schema, value);
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
}

describe.each([
  ['scenario', ScenarioSchema, helloWorld],
  ['profile', ProfileSchema, DEFAULT_PROFILE],
] as const)('every number of a %s', (_, schema, whole) => {
  it.each(numbersIn(whole).map(pointer))('%s is finite, and not beyond its bounds', (at) => {
    const path = at.split('/').slice(1);
    const bad = UNBOUNDED.test(at) ? NOT_FINITE : [...NOT_FINITE, HUGE];
    for (const number of [...bad, -HUGE]) {
      expect([number, pathsRefused(schema, withNumber(whole, path, number))]).toEqual([
        number,
        [at],
      ]);
    }
  });
});

interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Where a schema has numbers, and their schemas; of what may be null, the part that is not. */
function numbersOf(schema: Schema, path: Path = []): { path: Path; of: Schema }[] {
  if (schema.type === 'number' || schema.type === 'integer') return [{ path, of: schema }];
  const variants = schema.anyOf?.flatMap((variant) => numbersOf(variant, path)) ?? [];
  const members = Object.entries(schema.properties ?? {});
  return [...variants, ...members.flatMap(([name, one]) => numbersOf(one, [...path, name]))];
}

/** A value of nothing but the one number. */
function nested(path: Path, number: number): unknown {
  const [name, ...rest] = path;
  return name === undefined ? number : { [name]: nested(rest, number) };
}

describe('every number that a node or a link says', () => {
  const options = [
    ...Object.entries(NODE_SCHEMAS).map(([kind, schema]) => ({ kind, schema: schema as Schema })),
    { kind: 'link', schema: CallOptionsSchema as Schema },
  ].flatMap(({ kind, schema }) =>
    numbersOf(schema).map(({ path, of }) => ({ kind, at: pointer(path), path, of })),
  );

  it.each(options)(
    '$kind $at has bounds, and nothing else is let through',
    ({ kind, path, of }) => {
      const { minimum = Number.NaN, maximum = Number.NaN } = of;
      expect(minimum).toBeLessThan(maximum);
      for (const number of [...NOT_FINITE, minimum - 1, maximum + 1, -HUGE, HUGE]) {
        const value = nested(path, number);
        const refused =
          kind === 'link'
            ? pathsRefused(CallOptionsSchema, value)
            : pathsRefused(NodeSchema, { kind, ...(value as object) });
        // An option of which there are several forms is refused as a whole.
        const is = refused.some((at) => pointer(path).startsWith(at) && at !== '');
        expect([number, is]).toEqual([number, true]);
      }
    },
  );
});

it('refuses the bound itself where a number must lie above it', () => {
  const measured = (roundsPerMs: number) => ({
    ...DEFAULT_PROFILE,
    measurement: {
      roundsPerMs,
      rowsPerMs: 700,
      intervalsMs: {},
      hardware: { cpu: 'any', cores: 1, memoryMiB: 1 },
      versions: {},
    },
  });
  expect(parse(ProfileSchema, measured(1e-9)).ok).toBe(true);
  for (const bad of [0, -1]) {
    expect(parse(ProfileSchema, measured(bad))).toMatchObject({
      problems: [
        { path: '/measurement/roundsPerMs', expected: 'a number above 0, up to 10000000' },
      ],
    });
  }
});
