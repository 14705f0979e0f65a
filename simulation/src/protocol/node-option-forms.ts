import type { Command } from './command.ts';
import type { Schema } from './expectation.ts';
import { NODE_KINDS, NODE_SCHEMAS, type NodeKind } from './topology.ts';

/** Options of all kinds, as `configure-node` sets them. */
export type NodeOptions = Extract<Command, { type: 'configure-node' }>['options'];
export type NodeOptionName = keyof NodeOptions;

/** How one plain value is asked for. */
export type FieldForm =
  | { readonly field: 'choice'; readonly choices: readonly string[] }
  | { readonly field: 'switch' }
  | {
      readonly field: 'number';
      readonly isWhole: boolean;
      readonly minimum: number;
      readonly maximum: number;
    }
  | { readonly field: 'name'; readonly pattern: string };

/** One member of an option that has several values. */
export interface MemberForm {
  readonly name: string;
  readonly input: FieldForm;
}

/** One option of a kind: how it is asked for, whether it can be off (null), and what it is unless a node says. */
export interface OptionForm {
  readonly name: NodeOptionName;
  readonly input:
    | FieldForm
    | { readonly field: 'group'; readonly members: readonly MemberForm[] }
    /** For each request class, the linked node that it goes to. */
    | { readonly field: 'routes' };
  readonly isNullable: boolean;
  /** Whether each node of the kind has to state it. */
  readonly isRequired: boolean;
  readonly default: unknown;
}

export type NodeOptionForms = Readonly<Record<NodeKind, readonly OptionForm[]>>;

/** What a node has beside its options; set when it is placed, or by commands of their own. */
const NO_OPTIONS: readonly string[] = [
  'kind',
  'id',
  'position',
  'size',
  'zone',
  'purchase',
  'version',
];

/** The options of every kind, as its schema has them: data for a form, so that a page needs no schemas. */
export const NODE_OPTION_FORMS = Object.fromEntries(
  NODE_KINDS.map((kind) => [kind, optionForms(NODE_SCHEMAS[kind])]),
) as unknown as NodeOptionForms;

function optionForms({ properties = {}, required = [] }: Schema): readonly OptionForm[] {
  return Object.entries(properties)
    .filter(([name]) => !NO_OPTIONS.includes(name))
    .map(([name, schema]) => optionForm(name, schema, required.includes(name)));
}

function optionForm(name: string, schema: Schema, isRequired: boolean): OptionForm {
  const variants = schema.anyOf ?? [schema];
  const value = variants.find(({ type }) => type !== 'null');
  if (value === undefined) throw new Error(`The option ${name} can have no value.`);
  return {
    name: name as NodeOptionName,
    input: inputOf(name, value),
    isNullable: variants.some(({ type }) => type === 'null'),
    isRequired,
    default: (schema as { readonly default?: unknown }).default,
  };
}

function inputOf(name: string, schema: Schema): OptionForm['input'] {
  if (schema.patternProperties !== undefined) return { field: 'routes' };
  if (schema.properties === undefined) return fieldForm(name, schema);
  const members = Object.entries(schema.properties);
  return {
    field: 'group',
    members: members.map(([member, its]) => ({ name: member, input: fieldForm(member, its) })),
  };
}

function fieldForm(name: string, schema: Schema): FieldForm {
  const { type, minimum, maximum, pattern } = schema;
  if (schema.enum !== undefined) return { field: 'choice', choices: schema.enum.map(String) };
  if (type === 'boolean') return { field: 'switch' };
  if (type === 'string' && pattern !== undefined) return { field: 'name', pattern };
  if ((type === 'number' || type === 'integer') && minimum !== undefined && maximum !== undefined) {
    return { field: 'number', isWhole: type === 'integer', minimum, maximum };
  }
  throw new Error(`There is no field for the option ${name}.`);
}
