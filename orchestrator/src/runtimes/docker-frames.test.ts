import { describe, expect, it } from 'vitest';
import { FrameReader } from './docker-frames.ts';

function frame(stream: 1 | 2, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

const read = (maxBytes: number, ...chunks: Buffer[]) => {
  const reader = new FrameReader(maxBytes);
  for (const chunk of chunks) reader.push(chunk);
  return reader.text;
};

describe("Docker's multiplexed output", () => {
  const both = Buffer.concat([
    frame(1, 'out\n'),
    frame(2, 'wörld\n'),
    frame(1, ''),
    frame(1, 'end'),
  ]);

  it('is put together from both streams, in order', () => {
    expect(read(100, both)).toBe('out\nwörld\nend');
  });

  it('may be cut anywhere on its way', () => {
    const bytes = Array.from(both, (byte) => Buffer.from([byte]));
    expect(read(100, ...bytes)).toBe('out\nwörld\nend');
  });

  it('is kept to its newest bytes, and to whole characters', () => {
    expect(read(4, both)).toBe('\nend');
    expect(read(8, both)).toBe('rld\nend');
  });

  it('is nothing while a frame is not whole', () => {
    expect(read(100, frame(1, 'unfinished').subarray(0, 12))).toBe('');
  });
});
