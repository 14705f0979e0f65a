import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_HELD, RequestTable } from './request-table.ts';

type Column = Int32Array | Float64Array | Uint8Array;

/** The table's columns by name, with their width in entries a row. */
function columnsOf(table: RequestTable): [name: string, column: Column, width: number][] {
  return Object.entries(table)
    .filter((entry): entry is [string, Column] => ArrayBuffer.isView(entry[1]))
    .map(([name, column]) => {
      if (name.startsWith('frame')) return [name, column, MAX_DEPTH];
      return [name, column, name.startsWith('held') && name !== 'heldCount' ? MAX_HELD : 1];
    });
}

describe('RequestTable', () => {
  it('gives rows that are free, again and again', () => {
    const table = new RequestTable(2);
    const rows = [0, 0, 0].map(() => table.open(1, 5));
    for (const row of rows) table.depth[row] = 0;
    expect([rows, table.inFlight]).toEqual([[0, 1, 2], 3]);
    table.close(1);
    expect([...table.rows()]).toEqual([0, 2]);
    expect([table.open(2, 6), table.inFlight]).toEqual([1, 3]);
  });

  it('opens a used row clean, and makes void what was set for the request before', () => {
    const table = new RequestTable(2);
    const row = table.open(1, 5);
    const ticket = { generation: table.generation[row], wait: table.waitTicket[row] };
    table.hit[row] = 1;
    table.abandonedFor[row] = 2;
    table.waitsFor[row] = 3;
    table.heldCount[row] = 1;
    table.jobs.cancelled[row] = 1;
    table.close(row);
    expect(table.open(4, 6)).toBe(row);
    expect(table.generation[row]).not.toBe(ticket.generation);
    expect(table.waitTicket[row]).not.toBe(ticket.wait);
    const state = [
      table.requestClass,
      table.startedMs,
      table.hit,
      table.abandonedFor,
      table.waitsFor,
    ];
    expect(state.map((column) => column[row])).toEqual([4, 6, 0, -1, -1]);
    expect([table.heldCount[row], table.jobs.cancelled[row]]).toEqual([0, 0]);
  });

  it('grows in every column and keeps what is in it', () => {
    const table = new RequestTable(4);
    for (let row = 0; row < 4; row++) table.open(0, 0);
    const names = columnsOf(table).map(([name]) => name);
    expect(names.length).toBeGreaterThan(20);
    for (const [, column] of columnsOf(table)) {
      for (let i = 0; i < column.length; i++) column[i] = i % 200;
    }
    table.open(0, 0);
    for (const [name, column, width] of columnsOf(table)) {
      expect([name, column.length]).toEqual([name, 8 * width]);
      const kept = [...column.subarray(0, 4 * width)];
      expect([name, kept]).toEqual([name, kept.map((_, i) => i % 200)]);
    }
    expect(table.depth[7]).toBe(-1);
    expect(table.jobs.demandMs).toHaveLength(8);
  });
});
