import { expect, it } from 'vitest';
import { additionsTo } from './topology-additions.ts';

const node = (id: string) =>
  ({ kind: 'vm-basic', id, size: 'S', position: { x: 0, y: 0 } }) as const;

it('adds the nodes and links that are missing, nodes first', () => {
  const present = { nodes: [node('a')], links: [] };
  const wanted = { nodes: [node('a'), node('b')], links: [{ from: 'a', to: 'b' }] };
  expect(additionsTo(present, wanted)).toEqual([
    { type: 'place-node', node: node('b') },
    { type: 'connect', from: 'a', to: 'b' },
  ]);
  expect(additionsTo(wanted, wanted)).toEqual([]);
});

it('gives a link that it adds its options', () => {
  const present = { nodes: [node('a'), node('b')], links: [] };
  const options = { calls: { timeoutMs: 100 } };
  const wanted = { ...present, links: [{ from: 'a', to: 'b', ...options }] };
  expect(additionsTo(present, wanted)).toEqual([
    { type: 'connect', from: 'a', to: 'b' },
    { type: 'configure-link', from: 'a', to: 'b', options },
  ]);
});
