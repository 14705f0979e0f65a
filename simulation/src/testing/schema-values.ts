import fc from 'fast-check';

/** What of a JSON schema is looked at. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Numbers go so far above the least one, or to twice what they are by default, whichever is more. */
const SPAN = 8;
/** Texts are names of groups: two are enough to be the same or not. */
const NAMES = ['one', 'two'];

/** Values that a schema allows, the small ones of many. */
export function valuesOf(schema: object): fc.Arbitrary<unknown> {
  const of = schema as Schema;
  if (of.const !== undefined) return fc.constant(of.const);
  if (of.enum !== undefined) return fc.constantFrom(...of.enum);
  if (of.anyOf !== undefined) return fc.oneof(...of.anyOf.map(valuesOf));
  switch (of.type) {
    case 'integer':
      return fc.integer(boundsOf(of));
    case 'number': {
      const { min, max } = boundsOf(of);
      return fc.nat(16).map((sixteenths) => min + ((max - min) * sixteenths) / 16);
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return fc.constantFrom(...NAMES);
    case 'object': {
      const properties = Object.entries(of.properties ?? {});
      const values = Object.fromEntries(properties.map(([name, one]) => [name, valuesOf(one)]));
      return fc.record(values, { requiredKeys: [...(of.required ?? [])] } as object);
    }
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

function boundsOf({ minimum = 0, maximum = Number.POSITIVE_INFINITY, default: usual }: Schema) {
  const most = Math.max(minimum + SPAN, typeof usual === 'number' ? 2 * usual : 0);
  return { min: minimum, max: Math.min(maximum, most) };
}
