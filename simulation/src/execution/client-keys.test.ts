import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import { ClientKeys } from './client-keys.ts';
import { RequestTable } from './request-table.ts';

function keysOf(seed = 1) {
  const requests = new RequestTable(4);
  const keys = new ClientKeys(requests, seed);
  /** Opens a request as a caller does, with its first frame. */
  const open = () => {
    const request = requests.open(0, 0);
    requests.pushFrame(request, 0, 0, 0);
    return request;
  };
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
    const row = open();
    const key = keys.of(row);
    requests.close(row);
    expect(open()).toBe(row);
    expect(keys.of(row)).not.toBe(key);
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
    const row = open();
    expect(digest()).toBe(new StateHash().digest());
    keys.of(row);
    expect(digest()).not.toBe(new StateHash().digest());
  });
});
