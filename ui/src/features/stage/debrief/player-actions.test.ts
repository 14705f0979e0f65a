import type { Command, RecordedCommand } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { actionLabel, playerActions } from './player-actions.ts';

const position = { x: 0, y: 0 };
const recorded = (atMs: number, command: Command): RecordedCommand => ({ atMs, command });
const LOG: RecordedCommand[] = [
  recorded(0, { type: 'resize-node', id: 'web-1', size: 'M' }),
  recorded(0, { type: 'move-node', id: 'web-1', position }),
  recorded(0, { type: 'start-operation' }),
  recorded(61_000, { type: 'clone-node', id: 'web-1', newId: 'web-2', position }),
];

describe('the list of actions', () => {
  it('keeps each action at its place in the log and leaves out what changes nothing', () => {
    expect(playerActions(LOG)).toMatchObject([
      { index: 0, atMs: 0, inSetup: true },
      { index: 3, atMs: 61_000, inSetup: false },
    ]);
  });

  it('takes everything for setup while the traffic has not started', () => {
    expect(playerActions(LOG.slice(0, 2))).toMatchObject([{ index: 0, inSetup: true }]);
  });
});

describe('the words for an action', () => {
  it('names kind, size and id of what was placed', () => {
    const node = { kind: 'cache', id: 'cache-1', size: 'S', eviction: 'lru', position } as const;
    expect(actionLabel({ type: 'place-node', node })).toEqual({
      message: 'placed',
      values: { id: 'cache-1', size: 'S' },
      kind: 'cache',
    });
  });

  it('names both ends of a link', () => {
    const label = actionLabel({ type: 'disconnect', from: 'clients', to: 'web-1' });
    expect(label).toMatchObject({
      message: 'disconnected',
      values: { from: 'clients', to: 'web-1' },
    });
  });

  it('names the copy and its original', () => {
    const label = actionLabel({ type: 'clone-node', id: 'web-1', newId: 'web-2', position });
    expect(label).toMatchObject({ message: 'cloned', values: { id: 'web-1', newId: 'web-2' } });
  });
});
