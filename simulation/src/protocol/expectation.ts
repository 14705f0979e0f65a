/** The part of JSON Schema that our schemas use. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  /** The member whose constant tells the variants of `anyOf` apart. */
  readonly discriminator?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** What a schema expects, in words for people: "one of S, M, L, XL", "a number from 0 to 1". */
export function expectationOf(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return oneOf(schema.enum);
  if (schema.anyOf !== undefined) return expectationOfUnion(schema, schema.anyOf);
  switch (schema.type) {
    case 'string':
      return expectationOfText(schema);
    case 'number':
      return `a number${range(schema)}`;
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'array':
      return `a list${amount(schema.minItems, schema.maxItems, 'entries')}`;
    case 'object':
      return expectationOfObject(schema);
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    default:
      return 'a value';
  }
}

/** The values that a union's discriminator may have. */
export function tagsOf(union: Schema): readonly unknown[] {
  return (union.anyOf ?? []).map((variant) => tagOf(variant, union.discriminator ?? ''));
}

/** The value that a variant's discriminator must have. */
export function tagOf(variant: Schema, discriminator: string): unknown {
  return variant.properties?.[discriminator]?.const;
}

/** What was expected where only these values are allowed. */
export function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
}

function expectationOfUnion(schema: Schema, variants: readonly Schema[]): string {
  const { discriminator } = schema;
  return discriminator === undefined
    ? variants.map(expectationOf).join(' or ')
    : `an object whose ${discriminator} is ${oneOf(tagsOf(schema))}`;
}

function expectationOfText({ description, pattern, minLength, maxLength }: Schema): string {
  if (description !== undefined) return description;
  if (pattern !== undefined) return `text that fits ${pattern}`;
  return `text${amount(minLength, maxLength, 'characters')}`;
}

function expectationOfObject({ required = [], minProperties, maxProperties }: Schema): string {
  if (required.length > 0) return `an object with ${required.join(', ')}`;
  return `an object${amount(minProperties, maxProperties, 'entries')}`;
}

function range({ minimum, exclusiveMinimum, maximum }: Schema): string {
  if (exclusiveMinimum !== undefined) {
    return ` above ${exclusiveMinimum}${maximum === undefined ? '' : `, up to ${maximum}`}`;
  }
  if (minimum === undefined) return maximum === undefined ? '' : ` up to ${maximum}`;
  return maximum === undefined ? ` of at least ${minimum}` : ` from ${minimum} to ${maximum}`;
}

function amount(least: number | undefined, most: number | undefined, of: string): string {
  if (least === undefined) return most === undefined ? '' : ` of at most ${most} ${of}`;
  return most === undefined ? ` of at least ${least} ${of}` : ` of ${least} to ${most} ${of}`;
}
