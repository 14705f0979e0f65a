import { beforeEach, describe, expect, it } from 'vitest';
import { createSampleStorage } from '../../../session/sample-session.ts';
import { keepBestResult, readBestResults, type TextStorage } from './best-results.ts';

let storage: TextStorage;

beforeEach(() => {
  storage = createSampleStorage();
});

const won = (points: number) => ({ ending: 'won', rank: 'B', points }) as const;

describe('the best result of a stage', () => {
  it('is kept when it is the first or better, and not when it is worse', () => {
    expect(keepBestResult(storage, 'hello-world', won(60))).toBe(true);
    expect(keepBestResult(storage, 'hello-world', won(50))).toBe(false);
    expect(keepBestResult(storage, 'hello-world', won(70))).toBe(true);
    expect(readBestResults(storage)).toEqual({ 'hello-world': { rank: 'B', points: 70 } });
  });

  it('does not come from a stage that was lost', () => {
    const lost = { ending: 'service-down', rank: 'F', points: 10 } as const;
    expect(keepBestResult(storage, 'hello-world', lost)).toBe(false);
    expect(readBestResults(storage)).toEqual({});
  });

  it.each(['', '{', 'null', '[]', '{"hello-world":{"rank":"Z","points":1}}', '{"hello-world":7}'])(
    'ignores the unreadable entry %j',
    (text) => {
      storage.setItem('project-devops/best-results', text);
      expect(readBestResults(storage)).toEqual({});
      expect(keepBestResult(storage, 'hello-world', won(60))).toBe(true);
    },
  );

  it('is simply not kept where storage is forbidden', () => {
    const forbidden: TextStorage = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('forbidden');
      },
    };
    expect(readBestResults(forbidden)).toEqual({});
    expect(keepBestResult(forbidden, 'hello-world', won(60))).toBe(false);
  });
});
