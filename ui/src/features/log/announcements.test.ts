import { expect, it } from 'vitest';
import { announcement } from './announcements.ts';

const many = (count: number, latest: string) => `${count} new: ${latest}`;

it('reads a few in full and of many the latest', () => {
  expect(announcement([], many)).toBe('');
  expect(announcement(['One.', 'Two.'], many)).toBe('One. Two.');
  expect(announcement(['One.', 'Two.', 'Three.'], many)).toBe('3 new: Three.');
});
