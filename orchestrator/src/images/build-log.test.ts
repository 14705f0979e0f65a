import { describe, expect, it } from 'vitest';
import { BuildLog } from './build-log.ts';

describe('the build log', () => {
  it('knows the present step and the last lines of it', () => {
    const log = new BuildLog();
    expect(log.add('Step 1/3 : FROM debian')).toBe('step 1 of 3 (FROM debian)');
    log.add(' ---> 8d9e1eb9eca9');
    expect(log.add('Step 2/3 : RUN apt-get update')).toBe('step 2 of 3 (RUN apt-get update)');
    expect(log.add('Err:1 no such mirror')).toBe('Err:1 no such mirror');
    expect(log.step).toBe('step 2 of 3 (RUN apt-get update)');
    expect(log.lastLines).toEqual(['Err:1 no such mirror']);
  });

  it('keeps twenty lines', () => {
    const log = new BuildLog();
    for (let i = 1; i <= 30; i++) log.add(`line ${i}`);
    expect(log.lastLines).toHaveLength(20);
    expect(log.lastLines.at(-1)).toBe('line 30');
  });
});
