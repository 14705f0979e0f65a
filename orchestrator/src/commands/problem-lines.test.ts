import { expect, it } from 'vitest';
import { problemLines } from './problem-lines.ts';

const FILE = {
  id: 'the-file',
  nodes: [{ id: 'clients' }, { id: 'web', size: 'XXL', 'a/b': Number.NaN, shedding: {} }],
  links: [{ from: 'clients', to: 'web', calls: { timeoutMs: 0 } }],
  mix: [{ atSeconds: -1 }],
};

const line = (path: string, expected: string) => problemLines([{ path, expected }], FILE)[0];

it('says whose a place is and what stands there', () => {
  expect(line('/nodes/1/size', 'one of S, M')).toBe(
    '  /nodes/1/size (web): expected one of S, M; it is "XXL"',
  );
  expect(line('/nodes/1/a~1b', 'a number')).toBe(
    '  /nodes/1/a~1b (web): expected a number; it is NaN',
  );
  expect(line('/links/0/calls/timeoutMs', 'more')).toBe(
    '  /links/0/calls/timeoutMs (clients > web): expected more; it is 0',
  );
  expect(line('/mix/0/atSeconds', 'more')).toBe('  /mix/0/atSeconds: expected more; it is -1');
});

it('says no more than the place where nothing single stands', () => {
  expect(line('', 'a file')).toBe('  expected a file');
  expect(line('/links', 'a link')).toBe('  /links: expected a link');
  expect(line('/nodes/1/shedding', 'null')).toBe('  /nodes/1/shedding (web): expected null');
  expect(line('/nodes/7/id', 'an id (it is missing)')).toBe(
    '  /nodes/7/id: expected an id (it is missing)',
  );
});

it('leaves out a value that is not at fault, or has been said', () => {
  expect(line('/nodes/1/size', 'no entry of this name')).not.toContain('XXL');
  expect(line('/nodes/1/id', 'an id that no other node has: web')).toMatch(/has: web$/);
});

it('repeats no more of a file than a line holds', () => {
  const long = 'x'.repeat(5_000);
  const [shown = ''] = problemLines([{ path: '/a/0/id', expected: 'less' }], { a: [{ id: long }] });
  expect(shown.length).toBeLessThan(200);
});
