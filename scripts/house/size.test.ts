import { expect, it } from 'vitest';
import { linesTooMany } from './size.ts';

it.each([
  ['a.ts', 300, 0],
  ['a.ts', 303, 3],
  ['A.vue', 150, 0],
  ['A.vue', 151, 1],
])('counts for %s of %i lines %i too many', (path, lines, expected) => {
  expect(linesTooMany({ path, text: 'x\n'.repeat(lines) })).toBe(expected);
});
