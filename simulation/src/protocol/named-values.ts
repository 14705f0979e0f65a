import type { TOptional, TRecord, TSchema, TString } from 'typebox';
import * as Type from 'typebox';

const ANY_NAME = '^.*$';

/** Bounds of an object's number of names, and its other keywords. */
type ObjectKeywords = NonNullable<Parameters<typeof Type.Object>[1]>;

/**
 * An object whose names are as `name` says, each with such a value. Builds what `Type.Record` would: that one, like
 * `Type.Partial`, brings an evaluator of types with it, a quarter of what the page loads first.
 */
export function recordOf<V extends TSchema>(
  name: TString,
  value: V,
  keywords: ObjectKeywords = {},
): TRecord<typeof ANY_NAME, V> {
  const { pattern = ANY_NAME } = name as { readonly pattern?: string };
  const schema = { type: 'object', patternProperties: { [pattern]: value }, ...keywords };
  return Type.Unsafe(schema) as TSchema as TRecord<typeof ANY_NAME, V>;
}

/** An object with any of these names, each with such a value. */
export function someOf<N extends string, V extends TSchema>(
  names: readonly N[],
  value: V,
  keywords: ObjectKeywords = {},
) {
  const optional = names.map((name) => [name, Type.Optional(value)]);
  return Type.Object(Object.fromEntries(optional) as Record<N, TOptional<V>>, keywords);
}
