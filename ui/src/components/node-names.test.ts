import { expect, it } from 'vitest';
import { nextNodeId } from './node-names.ts';

it('takes the first free number', () => {
  expect(nextNodeId('vm-basic', [])).toBe('web-1');
  expect(nextNodeId('vm-basic', ['web-1', 'web-3', 'primary'])).toBe('web-2');
});
