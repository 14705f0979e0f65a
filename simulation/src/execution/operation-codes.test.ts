import { expect, it } from 'vitest';
import * as program from './program.ts';

it('no two operations have the same code', () => {
  const codes = Object.entries(program)
    .filter(([name]) => name !== 'WORDS' && !name.startsWith('AS_'))
    .map(([, value]) => value)
    .filter((value) => typeof value === 'number');
  expect(codes.length).toBeGreaterThan(20);
  expect(new Set(codes).size).toBe(codes.length);
});
