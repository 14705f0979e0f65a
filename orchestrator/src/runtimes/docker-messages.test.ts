import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readMessages } from './docker-messages.ts';

async function lines(...chunks: (string | Buffer)[]): Promise<string[]> {
  const told: string[] = [];
  await readMessages(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), 'x:1', (line) =>
    told.push(line),
  );
  return told;
}

describe("Docker's messages", () => {
  it('are lines of a build, without colours and empty lines', async () => {
    const first = JSON.stringify({ stream: 'Step 1/2 : FROM x\n ---> 12\n\n' });
    const second = JSON.stringify({ stream: '\u001b[91mdebconf: none\r\n\u001b[0m' });
    expect(await lines(`${first}\r\n`, `${second}\r\n`)).toEqual([
      'Step 1/2 : FROM x',
      ' ---> 12',
      'debconf: none',
    ]);
  });

  it('are layers of a pull', async () => {
    const message = { id: 'ab12', status: 'Downloading', progress: '[=>  ] 1MB/9MB' };
    expect(await lines(`${JSON.stringify(message)}\n`)).toEqual([
      'ab12 Downloading [=>  ] 1MB/9MB',
    ]);
  });

  it('may be cut anywhere, within a letter as well', async () => {
    const text = Buffer.from(`${JSON.stringify({ stream: 'grüße' })}\n{"aux":{"ID":"sha256:1"}}\n`);
    const cuts = [...text].map((byte) => Buffer.from([byte]));
    expect(await lines(...cuts)).toEqual(['grüße']);
  });

  it('tell a failure under a status that says success', async () => {
    const step = JSON.stringify({ stream: 'E: no such package\n' });
    const error = JSON.stringify({ error: 'returned a non-zero code: 100', errorDetail: {} });
    await expect(lines(`${step}\n${error}\n`)).rejects.toMatchObject({
      code: 'refused',
      message: 'returned a non-zero code: 100\nE: no such package',
    });
  });

  it('tell a full disk in our words', async () => {
    const error = JSON.stringify({ error: 'write /x: no space left on device' });
    await expect(lines(error)).rejects.toMatchObject({ code: 'no-space' });
  });

  it('are broken when one is cut off or is no message', async () => {
    await expect(lines('{"stream":"Step 1/')).rejects.toMatchObject({ code: 'broken-answer' });
    await expect(lines('null\n')).rejects.toMatchObject({ code: 'broken-answer' });
    await expect(lines('x'.repeat(1_100_000))).rejects.toMatchObject({ code: 'broken-answer' });
  });
});
