import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleSnapshot } from '../inspector/sample-run.ts';
import { nextSorting, sortRows } from './sort-rows.ts';
import { linkRows, nodeRows } from './table-rows.ts';

describe('the table of the topology', () => {
  const nodes = nodeRows(sampleSnapshot, sampleCatalog);
  const rowOf = (id: string) => nodes.find((row) => row.id === id);

  it('shows each node with its figures', () => {
    expect(rowOf('web-1')).toEqual({
      id: 'web-1',
      kind: 'vm-basic',
      size: 'M',
      state: 'cpu',
      utilisation: 0.97,
      served: 61,
      errors: 33,
      p95: 362,
      connections: { used: 125, limit: 125 },
      cost: 3.5,
    });
  });

  it('leaves out what was not measured', () => {
    expect(rowOf('web-2')).toMatchObject({ state: 'starting', served: null, errors: null });
    expect(rowOf('clients')).toMatchObject({ size: null, cost: null, utilisation: null });
  });

  it('adds up the calls of a link', () => {
    expect(linkRows(sampleSnapshot)[1]).toMatchObject({ from: 'lb-1', total: 32, failed: 31 });
  });

  it('shows a link that has carried nothing yet', () => {
    const fresh = { ...sampleSnapshot, links: [] };
    expect(linkRows(fresh)[0]).toMatchObject({ total: 0, failed: 0, mean: null });
  });
});

describe('sorting', () => {
  const rows = [{ v: 3 }, { v: null }, { v: 10 }, { v: 1 }];
  const sorted = (direction: 'ascending' | 'descending') =>
    sortRows(rows, direction, ({ v }) => v).map(({ v }) => v);

  it('keeps what is not known last either way', () => {
    expect(sorted('ascending')).toEqual([1, 3, 10, null]);
    expect(sorted('descending')).toEqual([10, 3, 1, null]);
  });

  it('counts the numbers in names', () => {
    const names = ['web-10', 'web-2', 'lb-1'];
    expect(sortRows(names, 'ascending', (name) => name)).toEqual(['lb-1', 'web-2', 'web-10']);
  });

  it('turns round on the second press and begins upwards on another column', () => {
    const first = nextSorting({ column: 'id', direction: 'ascending' }, 'id');
    expect(first).toEqual({ column: 'id', direction: 'descending' });
    expect(nextSorting<string>(first, 'size')).toEqual({ column: 'size', direction: 'ascending' });
  });
});
