import type { TSchema } from 'typebox';
import type { Schema } from '../protocol/expectation.ts';
import { parse } from '../protocol/index.ts';

/** Members that mean the same wherever they stand: said once, they are said. */
const SHARED = ['position', 'size', 'zone', 'purchase', 'durationSeconds', 'weight', 'calls'];

/**
 * Everything that data of a schema can say beyond its defaults: a path for each member, `path=value` for each
 * choice. A variant's paths begin with its tag, so that each kind of node has to say its own.
 */
export function sayable(schema: Schema, path = ''): readonly string[] {
  return [...new Set(utterances(schema, path))];
}

function utterances(schema: Schema, path: string): string[] {
  const { anyOf, properties, patternProperties, items } = schema;
  if (anyOf !== undefined) {
    return anyOf
      .filter(({ type }) => type !== 'null' || defaultOf(schema) !== null)
      .flatMap((variant) => utterances(variant, pathOf(schema, variant, path)));
  }
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([name, member]) =>
      member.const === undefined ? utterances(member, below(path, name)) : [],
    );
  }
  const [entries] = Object.values(patternProperties ?? {});
  const inner = entries ?? items;
  if (inner !== undefined) return utterances(inner, path);
  if (schema.enum === undefined) return [schema.type === 'null' ? `${path}=null` : path];
  return schema.enum.filter((value) => value !== defaultOf(schema)).map((v) => `${path}=${v}`);
}

/** What of `sayable` a value says. */
export function said(schema: Schema, value: unknown, path = ''): readonly string[] {
  const { anyOf, properties, patternProperties, items } = schema;
  if (value === undefined) return [];
  if (anyOf !== undefined) {
    return anyOf
      .filter((variant) => parse(variant as TSchema, value).ok)
      .flatMap((variant) => said(variant, value, pathOf(schema, variant, path)));
  }
  if (properties !== undefined) {
    const members = value as Readonly<Record<string, unknown>>;
    return Object.entries(properties).flatMap(([name, member]) =>
      said(member, members[name], below(path, name)),
    );
  }
  const [entries] = Object.values(patternProperties ?? {});
  if (entries !== undefined) {
    return Object.values(value as object).flatMap((entry) => said(entries, entry, path));
  }
  if (items !== undefined) return (value as unknown[]).flatMap((item) => said(items, item, path));
  if (schema.enum !== undefined || value === null) return [`${path}=${value}`];
  return value === defaultOf(schema) ? [] : [path];
}

function pathOf({ discriminator }: Schema, variant: Schema, path: string): string {
  const tag = variant.properties?.[discriminator ?? '']?.const;
  return tag === undefined ? path : String(tag);
}

function below(path: string, name: string): string {
  return SHARED.includes(name) ? name : `${path}.${name}`;
}

function defaultOf(schema: Schema): unknown {
  return (schema as { readonly default?: unknown }).default;
}
