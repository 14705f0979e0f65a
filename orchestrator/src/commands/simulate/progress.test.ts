import { describe, expect, it } from 'vitest';
import { ProgressLine } from './progress.ts';

function line(isTerminal: boolean) {
  const written: string[] = [];
  const clock = { ms: 1_000 };
  const terminal = { isTerminal, write: (text: string) => void written.push(text) };
  const progress = new ProgressLine(terminal, () => clock.ms);
  const at = (ms: number, doneRatio = 0.456) => {
    clock.ms = 1_000 + ms;
    progress.show({ timeMs: 12_500, offered: 34, doneRatio });
  };
  return { written, progress, at };
}

const CLEAR = '\r\u001b[2K';

describe('the progress of a run', () => {
  it('is one line, changed five times a second once the run takes a while', () => {
    const { written, progress, at } = line(true);
    for (const ms of [0, 499, 500, 600, 699, 700]) at(ms);
    const text = `${CLEAR}45 % · simulated 12 s · 34 requests measured`;
    expect(written).toEqual([text, text]);
    progress.end();
    expect(written.at(-1)).toBe(CLEAR);
  });

  it('leaves no trace of a short run', () => {
    const { written, progress, at } = line(true);
    at(10);
    progress.end();
    expect(written).toEqual([]);
  });

  it('is not shown where no terminal is', () => {
    const { written, progress, at } = line(false);
    at(10_000);
    progress.end();
    expect(written).toEqual([]);
  });
});
