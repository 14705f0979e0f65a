import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import { ClientKeys } from './client-keys.ts';
import { RequestTable } from './request-table.ts';
import { createRunningNode } from './running-node.ts';

const NODE = createRunningNode(
  0,
  { kind: 'cdn', id: 'cdn', position: { x: 0, y: 0 }, size: 'S' },
  { seed: 1, classes: {} },
);

function keysOf(seed = 1) {
  const requests = new RequestTable(4);
  const keys = new ClientKeys(requests, seed);
  const open = () => requests.begin(0, NODE, 0, 0);
  const digest = () => {
    const hash = new StateHash();
    keys.mixInto(hash);
    return hash.digest();
  };
  return { requests, keys, open, digest };
}

describe('the client of a request', () => {
  it('is the same as long as the request lives', () => {
    const { keys, open } = keysOf();
    const [one, other] = [open(), open()];
    const key = keys.of(one);
    expect(keys.of(other)).not.toBe(key);
    expect(keys.of(one)).toBe(key);
  });

  it('is another when the row is used again', () => {
    const { requests, keys, open } = keysOf();
    const request = open();
    const key = keys.of(request);
    requests.close(request);
    expect(open()).toBe(request);
    expect(keys.of(request)).not.toBe(key);
  });

  it('is shared by a request that is made for another', () => {
    const { keys, open } = keysOf();
    const [one, other] = [open(), open()];
    keys.share(one, other);
    expect(keys.of(other)).toBe(keys.of(one));
  });

  it('stays while the table grows', () => {
    const { keys, open } = keysOf();
    const first = open();
    const key = keys.of(first);
    const rest = Array.from({ length: 40 }, () => keys.of(open()));
    expect(new Set([key, ...rest]).size).toBe(41);
    expect(keys.of(first)).toBe(key);
  });

  it('is drawn when it is first asked for: a run in which nobody asks has nothing to hash', () => {
    const { keys, open, digest } = keysOf();
    const request = open();
    expect(digest()).toBe(new StateHash().digest());
    keys.of(request);
    expect(digest()).not.toBe(new StateHash().digest());
  });
});
