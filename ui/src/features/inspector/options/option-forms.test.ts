import {
  NODE_OPTION_FORMS,
  NODE_SCHEMAS,
  NodeSchema,
  parse,
  type TopologyNode,
} from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { newNode } from '../../../building/new-node.ts';
import { askedForms, FIRST_VALUES, optionValue, writtenValue } from './option-forms.ts';

const position = { x: 0, y: 0 };
const kinds = Object.keys(NODE_SCHEMAS) as TopologyNode['kind'][];
const nullable = kinds.flatMap((kind) =>
  NODE_OPTION_FORMS[kind]
    .filter((form) => form.isNullable)
    .map((form) => ({ kind, name: form.name })),
);

describe('the form of a node', () => {
  it.each(nullable)('begins $name of $kind with a value it may have', ({ kind, name }) => {
    const node = newNode(NODE_OPTION_FORMS, kind, 'new-1', 'S', position);
    const changed = { ...node, [name]: FIRST_VALUES[name as keyof typeof FIRST_VALUES] };
    expect(parse(NodeSchema, changed)).toMatchObject({ ok: true });
    expect(FIRST_VALUES).toHaveProperty([name]);
  });

  it('has the value that the node states, else the usual one', () => {
    const node: TopologyNode = { kind: 'queue', id: 'queue-1', size: 'S', position, partitions: 3 };
    const values = NODE_OPTION_FORMS.queue.map((form) => [form.name, optionValue(node, form)]);
    expect(Object.fromEntries(values)).toMatchObject({
      partitions: 3,
      acks: 'leader',
      expirySeconds: null,
    });
  });

  it('asks for the flush interval of write-back alone', () => {
    const cache = { kind: 'cache', id: 'cache-1', size: 'S', eviction: 'lru', position } as const;
    const names = (node: TopologyNode) =>
      askedForms(node, NODE_OPTION_FORMS).map(({ name }) => name);
    expect(names(cache)).not.toContain('flushSeconds');
    expect(names({ ...cache, strategy: 'write-back' })).toContain('flushSeconds');
  });

  it('asks for the restore time of a database that takes copies alone', () => {
    const database = { kind: 'nosql', id: 'documents', size: 'S', position } as const;
    const names = (node: TopologyNode) =>
      askedForms(node, NODE_OPTION_FORMS).map(({ name }) => name);
    expect(names(database)).toContain('backupSeconds');
    expect(names({ ...database, snapshotSeconds: null })).not.toContain('restoreSeconds');
    expect(names({ ...database, backupSeconds: 60 })).toContain('restoreSeconds');
    expect(names({ ...database, snapshotSeconds: 60 })).toContain('restoreSeconds');
  });
});

describe('what is written into a field', () => {
  const whole = { field: 'number', isWhole: true, minimum: 1, maximum: 64 } as const;
  const ratio = { field: 'number', isWhole: false, minimum: 0.05, maximum: 1 } as const;

  it('is taken within the bounds', () => {
    expect(writtenValue('64', whole, null)).toBe(64);
    expect(writtenValue(' 5 ', ratio, 'percent')).toBe(0.05);
    expect(writtenValue('100', ratio, 'percent')).toBe(1);
  });

  it.each(['', ' ', '0', '65', '1.5', 'many', 'Infinity'])(
    'is refused beyond them: "%s"',
    (text) => {
      expect(writtenValue(text, whole, null)).toBeNull();
    },
  );

  it('may be a name', () => {
    const name = { field: 'name', pattern: '^[a-z][a-z0-9-]{0,31}$' } as const;
    expect(writtenValue('mail-2', name, null)).toBe('mail-2');
    expect(writtenValue('Mail', name, null)).toBeNull();
  });
});
