import { describe, expect, it } from 'vitest';
import { StoredData } from './stored-data.ts';

function written(count: number): StoredData {
  const data = new StoredData();
  for (let i = 0; i < count; i++) data.write();
  return data;
}

describe('stored data', () => {
  it('is as it was at the copy that is restored, and the writes since are lost', () => {
    const data = written(10);
    data.add({ kind: 'backup', atMs: 5, writes: 4 });
    expect([data.restore(data.latestCopy), data.kept, data.lost]).toEqual([6, 4, 6]);
    expect([data.restore(null), data.kept, data.lost]).toEqual([4, 0, 10]);
  });

  it('is restored from the latest copy, of two as late from the snapshot', () => {
    const data = written(10);
    expect(data.latestCopy).toBeNull();
    data.add({ kind: 'backup', atMs: 5, writes: 4 });
    data.add({ kind: 'snapshot', atMs: 5, writes: 4 });
    expect(data.latestCopy?.kind).toBe('snapshot');
    data.add({ kind: 'backup', atMs: 6, writes: 5 });
    expect(data.latestCopy).toMatchObject({ kind: 'backup', atMs: 6 });
    data.add({ kind: 'snapshot', atMs: 7, writes: 6 });
    expect(data.latestCopy?.kind).toBe('snapshot');
    data.dropSnapshots();
    expect(data.latestCopy).toMatchObject({ kind: 'backup', atMs: 6 });
  });

  it('holds one copy of a kind: the one taken last, even of an older state', () => {
    const data = written(10);
    data.add({ kind: 'backup', atMs: 6, writes: 5 });
    data.add({ kind: 'backup', atMs: 4, writes: 3 });
    expect(data.latestCopy).toEqual({ kind: 'backup', atMs: 4, writes: 3 });
  });

  it('gets nothing back that a crash had lost before, even if a copy was taken in between', () => {
    const data = written(10);
    data.add({ kind: 'backup', atMs: 5, writes: 10 });
    data.lose(3);
    expect([data.restore(data.latestCopy), data.kept, data.lost]).toEqual([0, 7, 3]);
    expect(data.latestCopy?.writes).toBe(7);
  });

  it('loses nothing where another node goes on with it', () => {
    const data = written(10);
    data.add({ kind: 'backup', atMs: 5, writes: 4 });
    const heir = new StoredData();
    data.handOver(heir, 2);
    expect([heir.kept, data.kept]).toEqual([8, 0]);
    expect([data.restore(data.latestCopy), data.lost]).toEqual([0, 0]);
  });
});
