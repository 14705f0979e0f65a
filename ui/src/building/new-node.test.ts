import {
  NODE_KINDS,
  NODE_OPTION_FORMS,
  NodeSchema,
  parse,
} from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { newNode } from './new-node.ts';

const position = { x: 0, y: 0 };

it.each(NODE_KINDS.filter((kind) => kind !== 'clients'))('makes a whole %s', (kind) => {
  const node = newNode(NODE_OPTION_FORMS, kind, 'new-1', 'S', position);
  expect(parse(NodeSchema, node)).toEqual({ ok: true, value: node });
});

it('states no more options than it has to', () => {
  expect(newNode(NODE_OPTION_FORMS, 'cache', 'cache-1', 'M', position)).toEqual({
    kind: 'cache',
    id: 'cache-1',
    size: 'M',
    position,
    eviction: 'lru',
  });
});
