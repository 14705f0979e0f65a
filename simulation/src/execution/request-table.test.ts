import { describe, expect, it } from 'vitest';
import { RequestTable } from './request-table.ts';
import { createRunningNode } from './running-node.ts';

const position = { x: 0, y: 0 };
const nodeOf = (number: number) =>
  createRunningNode(
    number,
    { kind: 'cdn', id: `cdn-${number}`, position, size: 'S' },
    { seed: 1, classes: {} },
  );
const [FIRST, SECOND, THIRD] = [nodeOf(0), nodeOf(1), nodeOf(2)];

describe('RequestTable', () => {
  it('gives rows that are free, again and again', () => {
    const table = new RequestTable(2);
    const [a, b, c] = [0, 0, 0].map(() => table.begin(1, FIRST, 0, 5));
    expect([a?.row, b?.row, c?.row, table.inFlight]).toEqual([0, 1, 2, 3]);
    if (b !== undefined) table.close(b);
    expect([...table.atNodes()]).toEqual([a, c]);
    expect([table.begin(2, FIRST, 0, 6), table.inFlight]).toEqual([b, 3]);
  });

  it('opens a used row clean, and makes void what was set for the request before', () => {
    const table = new RequestTable();
    const request = table.begin(1, FIRST, 9, 5);
    const { generation, waitTicket } = request;
    request.hit = true;
    request.abandonedFor = 2;
    request.waitsFor = 3;
    table.jobs.cancelled[request.row] = 1;
    table.close(request);
    expect(table.begin(4, SECOND, 7, 6)).toBe(request);
    expect(request.generation).not.toBe(generation);
    expect(request.waitTicket).not.toBe(waitTicket);
    expect(request).toMatchObject({ requestClass: 4, position: 7, hit: false, abandonedFor: -1 });
    expect(request.waitsFor).toBe(-1);
    expect(request.root).toMatchObject({ node: SECOND, enteredMs: 6, heldBefore: 0 });
    expect(table.jobs.cancelled[request.row]).toBe(0);
  });

  it('has room for every row in the columns of jobs', () => {
    const table = new RequestTable(4);
    const rows = Array.from({ length: 9 }, () => table.begin(0, FIRST, 0, 0).row);
    expect([table.capacity, table.jobs.demandMs.length]).toEqual([16, 16]);
    expect(rows.map((row) => table.at(row).row)).toEqual(rows);
  });
});

describe('a request that calls', () => {
  it('is at the called node in a part of its own, and goes on behind the call when it is back', () => {
    const request = new RequestTable().begin(0, FIRST, 3, 10);
    const callee = request.here.callee(SECOND);
    expect(request.calling).toBe(callee);
    request.position = 6;
    request.held.push(1);
    request.enter(callee, 30, 12);
    expect(request.here).toMatchObject({ node: SECOND, returnTo: 6, enteredMs: 12, heldBefore: 1 });
    expect([request.here.outer, request.position]).toEqual([request.root, 30]);
  });

  it('uses the part of a called node again for the next call', () => {
    const request = new RequestTable().begin(0, FIRST, 0, 0);
    const first = request.here.callee(SECOND);
    expect(request.here.callee(THIRD)).toBe(first);
    expect(first.node).toBe(THIRD);
  });
});
