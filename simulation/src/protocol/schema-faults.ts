import { expectationOf, oneOf, type Schema, tagOf, tagsOf } from './expectation.ts';
import type { Problem } from './parse.ts';

const MAX_PROBLEMS = 20;
/** Longest name of a foreign member that is repeated in a path. */
const MAX_NAME = 80;

/** The first faults of a value, at most 20; empty when there is none. Looks no deeper than the schema reaches. */
export function findFaults(schema: Schema, value: unknown): readonly Problem[] {
  const faults = new Faults();
  faults.check(schema, value, '');
  return faults.problems;
}

class Faults {
  readonly problems: Problem[] = [];

  get #full(): boolean {
    return this.problems.length >= MAX_PROBLEMS;
  }

  check(schema: Schema, value: unknown, path: string): void {
    if (this.#full) return;
    if (schema.anyOf !== undefined) return this.#checkUnion(schema, schema.anyOf, value, path);
    if (schema.type === 'object') return this.#checkObject(schema, value, path);
    if (schema.type === 'array') return this.#checkList(schema, value, path);
    if (!fitsLeaf(schema, value)) this.#add(path, expectationOf(schema));
  }

  #checkUnion(schema: Schema, variants: readonly Schema[], value: unknown, path: string): void {
    const { discriminator } = schema;
    if (discriminator !== undefined) {
      return this.#checkTagged(schema, discriminator, value, path);
    }
    const possible = variants.filter((variant) => mayBe(variant, value));
    const [only] = possible;
    if (only !== undefined && possible.length === 1) return this.check(only, value, path);
    if (possible.some((variant) => findFaults(variant, value).length === 0)) return;
    this.#add(path, expectationOf(schema));
  }

  #checkTagged(schema: Schema, discriminator: string, value: unknown, path: string): void {
    if (!isRecord(value)) return this.#add(path, expectationOf(schema));
    const tag = Object.hasOwn(value, discriminator) ? value[discriminator] : undefined;
    const chosen = schema.anyOf?.find((variant) => tagOf(variant, discriminator) === tag);
    if (tag !== undefined && chosen !== undefined) return this.check(chosen, value, path);
    const expected = oneOf(tagsOf(schema));
    this.#add(below(path, discriminator), tag === undefined ? missing(expected) : expected);
  }

  #checkObject(schema: Schema, value: unknown, path: string): void {
    if (!isRecord(value)) return this.#add(path, expectationOf(schema));
    const names = Object.keys(value);
    const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema;
    if (names.length < minProperties || names.length > maxProperties) {
      return this.#add(path, expectationOf(schema));
    }
    for (const name of schema.required ?? []) {
      if (Object.hasOwn(value, name) && value[name] !== undefined) continue;
      this.#add(below(path, name), missing(expectationOf(memberOf(schema, name) ?? {})));
    }
    for (const name of names) {
      if (this.#full) return;
      this.#checkMember(schema, name, value[name], path);
    }
  }

  #checkMember(schema: Schema, name: string, value: unknown, path: string): void {
    const member = memberOf(schema, name);
    if (member !== undefined) {
      if (value !== undefined) this.check(member, value, below(path, name));
      return;
    }
    const { properties, patternProperties } = schema;
    if (patternProperties !== undefined) {
      const patterns = Object.keys(patternProperties).join(' or ');
      return this.#add(below(path, name), `no entry of this name: names fit ${patterns}`);
    }
    if (schema.additionalProperties !== false) return;
    const known = Object.keys(properties ?? {}).join(', ');
    this.#add(below(path, name), `no entry of this name: known are ${known}`);
  }

  #checkList(schema: Schema, value: unknown, path: string): void {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items, uniqueItems } = schema;
    if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) {
      return this.#add(path, expectationOf(schema));
    }
    const seen = new Set<unknown>();
    for (let i = 0; i < value.length && !this.#full; i++) {
      const item: unknown = value[i];
      if (items !== undefined) this.check(items, item, `${path}/${i}`);
      if (uniqueItems !== true) continue;
      if (seen.has(item)) this.#add(`${path}/${i}`, 'an entry that is not there yet');
      seen.add(item);
    }
  }

  #add(path: string, expected: string): void {
    if (!this.#full) this.problems.push({ path, expected });
  }
}

function fitsLeaf(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' && fitsText(schema, value);
    case 'number':
      return Number.isFinite(value) && fitsRange(schema, value as number);
    case 'integer':
      return Number.isInteger(value) && fitsRange(schema, value as number);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    default:
      return true;
  }
}

/** Lengths are in UTF-16 units, which bounds the work and the space whatever the text is made of. */
function fitsText(
  { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema,
  value: string,
): boolean {
  if (value.length < minLength || value.length > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function fitsRange({ minimum, exclusiveMinimum, maximum }: Schema, value: number): boolean {
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false;
  return value >= (minimum ?? value) && value <= (maximum ?? value);
}

/** Whether a value is of a variant's kind, whatever faults it has. */
function mayBe(variant: Schema, value: unknown): boolean {
  if (variant.const !== undefined || variant.enum !== undefined) {
    return typeof value === typeof (variant.const ?? variant.enum?.[0]);
  }
  switch (variant.type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return typeof value === 'number';
    case 'null':
      return value === null;
    default:
      return typeof value === variant.type;
  }
}

function memberOf({ properties = {}, patternProperties = {} }: Schema, name: string) {
  if (Object.hasOwn(properties, name)) return properties[name];
  return Object.entries(patternProperties).find(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  )?.[1];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missing(expected: string): string {
  return `${expected} (it is missing)`;
}

/** The JSON pointer of a member. */
function below(path: string, name: string): string {
  const shown = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
  return `${path}/${shown.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
