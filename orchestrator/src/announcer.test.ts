import { describe, expect, it } from 'vitest';
import { createAnnouncer } from './announcer.ts';

describe('the announcer', () => {
  it('prints the address with the token once the server listens', () => {
    const lines: string[] = [];
    const announcer = createAnnouncer((line) => lines.push(line));
    announcer.tokenIssued('one');
    expect(lines).toEqual([]);
    announcer.listening('http://127.0.0.1:4700');
    expect(lines).toEqual(['Project DevOps: http://127.0.0.1:4700/?token=one']);
  });

  it('prints an address for another browser when a token is spent', () => {
    const lines: string[] = [];
    const announcer = createAnnouncer((line) => lines.push(line));
    announcer.tokenIssued('one');
    announcer.listening('http://127.0.0.1:4700');
    announcer.tokenIssued('two');
    expect(lines.at(-1)).toBe('For another browser: http://127.0.0.1:4700/?token=two');
  });
});
