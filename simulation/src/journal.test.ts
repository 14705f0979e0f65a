import { describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';
import { StateHash } from './kernel/state-hash.ts';

describe('the journal', () => {
  it('numbers events as they are told, and gives each away once', () => {
    const journal = new Journal(new StateHash());
    journal.tell([{ type: 'operation-started' }, { type: 'node-moved', node: 'a' }], 0);
    expect(journal.take()).toEqual([
      { type: 'operation-started', atMs: 0, seq: 0 },
      { type: 'node-moved', node: 'a', atMs: 0, seq: 1 },
    ]);
    journal.tell([{ type: 'node-started', node: 'a' }], 1_500);
    expect(journal.take()).toEqual([{ type: 'node-started', node: 'a', atMs: 1_500, seq: 2 }]);
    expect(journal.take()).toEqual([]);
  });

  it('leaves what was told, and when, in the state’s hash', () => {
    const digestOf = (atMs: number, node: string) => {
      const hash = new StateHash();
      new Journal(hash).tell([{ type: 'node-started', node }], atMs);
      return hash.digest();
    };
    expect(digestOf(1, 'a')).toBe(digestOf(1, 'a'));
    expect(new Set([digestOf(1, 'a'), digestOf(2, 'a'), digestOf(1, 'b')]).size).toBe(3);
  });
});
