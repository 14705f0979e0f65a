import { expect, it } from 'vitest';
import { fromFragment, MAX_FRAGMENT, MAX_UNPACKED, toFragment } from './share-link.ts';

it('gives back the text it was made of', async () => {
  const text = JSON.stringify({ name: '포럼 글', list: [1, 2, 3] });
  const fragment = (await toFragment(text)) ?? '';
  expect(fragment).toMatch(/^#run=[\w-]+$/);
  expect(await fromFragment(fragment)).toEqual({ kind: 'text', text });
});

it('leaves other fragments alone', async () => {
  expect(await fromFragment('')).toEqual({ kind: 'none' });
  expect(await fromFragment('#top')).toEqual({ kind: 'none' });
});

it.each(['#run=', '#run=%%%', '#run=AAAA', '#run=____'])('refuses damage: %s', async (fragment) => {
  const unpacked = await fromFragment(fragment);
  expect(unpacked).toEqual({ kind: 'refused', reason: 'damaged' });
});

it('makes no link that is too long', async () => {
  const noise = Array.from({ length: 20_000 }, (_, i) => Math.sin(i).toString(36)).join('');
  expect(await toFragment(noise)).toBeNull();
  expect(await fromFragment(`#run=${'A'.repeat(MAX_FRAGMENT)}`)).toEqual({
    kind: 'refused',
    reason: 'too-long',
  });
});

it('stops unpacking at the limit', async () => {
  const fragment = (await toFragment('x'.repeat(MAX_UNPACKED + 10))) ?? '';
  expect(await fromFragment(fragment)).toEqual({ kind: 'refused', reason: 'too-long' });
});
