import { describe, expect, it } from 'vitest';
import { COMMAND_SCHEMAS } from './command.ts';
import type { Schema } from './expectation.ts';
import { NODE_OPTION_FORMS, type OptionForm } from './node-option-forms.ts';
import { parse } from './parse.ts';
import { NODE_KINDS, NODE_SCHEMAS, type NodeKind } from './topology.ts';

const form = (kind: NodeKind, name: string): OptionForm | undefined =>
  NODE_OPTION_FORMS[kind].find((one) => one.name === name);
const ALL = NODE_KINDS.flatMap((kind) =>
  NODE_OPTION_FORMS[kind].map((option) => ({ kind, option })),
);

describe('the forms of the options', () => {
  it('have what a schema says of a value', () => {
    expect(form('load-balancer', 'policy')).toEqual({
      name: 'policy',
      input: {
        field: 'choice',
        choices: ['round-robin', 'least-connections', 'consistent-hash'],
      },
      isNullable: false,
      isRequired: true,
      default: 'round-robin',
    });
    expect(form('queue', 'expirySeconds')).toEqual({
      name: 'expirySeconds',
      input: { field: 'number', isWhole: false, minimum: 0.01, maximum: 604_800 },
      isNullable: true,
      isRequired: false,
      default: null,
    });
    expect(form('cache', 'coalescing')?.input).toEqual({ field: 'switch' });
    expect(form('api-gateway', 'classes')?.input).toEqual({ field: 'routes' });
    expect(form('worker', 'group')?.input.field).toBe('name');
  });

  it('name the members of an option that has several values', () => {
    const input = form('load-balancer', 'healthCheck')?.input;
    expect(input?.field === 'group' && input.members.map(({ name }) => name)).toEqual([
      'intervalSeconds',
      'unhealthyAfter',
      'healthyAfter',
    ]);
  });

  it('leave out what is no option', () => {
    expect(NODE_OPTION_FORMS.clients).toEqual([]);
    expect(NODE_OPTION_FORMS['sql-replica']).toEqual([]);
  });

  it.each(ALL)('have a default that $kind may have: $option.name', ({ kind, option }) => {
    const { properties }: Schema = NODE_SCHEMAS[kind];
    expect(parse(properties?.[option.name] ?? {}, option.default)).toMatchObject({ ok: true });
    expect(option.default).toBeDefined();
  });

  it.each(ALL)('can be sent for $kind: $option.name', ({ kind, option }) => {
    const command = {
      type: 'configure-node',
      id: `${kind}-1`,
      options: { [option.name]: option.default },
    };
    expect(parse(COMMAND_SCHEMAS['configure-node'], command)).toMatchObject({ ok: true });
  });
});
