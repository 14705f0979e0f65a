import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encode, type Reply, ReplyError, ReplyReader } from './resp.ts';

const WIRE = Buffer.from('+OK\r\n:42\r\n$-1\r\n$5\r\na\r\nbc\r\n-ERR no\r\n$0\r\n\r\n');
const shown = (reply: Reply): unknown => (reply instanceof Buffer ? String(reply) : reply);

it('encodes commands with the lengths in bytes', () => {
  const bytes = Buffer.concat(
    encode(['SET', 'kö', Buffer.from('xy')]).map((piece) => Buffer.from(piece)),
  );
  expect(String(bytes)).toBe('*3\r\n$3\r\nSET\r\n$3\r\nkö\r\n$2\r\nxy\r\n');
});

it('reads the same replies in whatever pieces they come', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: WIRE.length }), { maxLength: 12 });
  fc.assert(
    fc.property(cuts, (places) => {
      const reader = new ReplyReader();
      const ends = [...places.sort((a, b) => a - b), WIRE.length];
      const replies = ends.flatMap((end, i) => reader.read(WIRE.subarray(ends[i - 1] ?? 0, end)));
      const refusal = new ReplyError('ERR no');
      expect(replies.map(shown)).toEqual(['OK', 42, null, 'a\r\nbc', refusal, '']);
    }),
  );
});

it('refuses what it does not understand', () => {
  expect(() => new ReplyReader().read(Buffer.from('%7\r\n'))).toThrow('unknown type');
});
