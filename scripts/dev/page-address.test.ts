import { expect, it } from 'vitest';
import { pageAddress } from './page-address.ts';

it('keeps the token and changes the origin', () => {
  const text = 'Project DevOps: http://127.0.0.1:4700/?token=abc-_1\n';
  expect(pageAddress(text, 'http://127.0.0.1:5173')).toBe('http://127.0.0.1:5173/?token=abc-_1');
});

it('is null for text without an address', () => {
  expect(pageAddress('Restarting', 'http://127.0.0.1:5173')).toBeNull();
});
