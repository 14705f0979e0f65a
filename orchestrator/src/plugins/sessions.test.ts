import { describe, expect, it } from 'vitest';
import { createSessions } from './sessions.ts';

function opened() {
  const tokens: string[] = [];
  const sessions = createSessions({ onToken: (token) => tokens.push(token) });
  return { sessions, tokens, token: () => tokens.at(-1) ?? '' };
}

describe('sessions', () => {
  it('exchanges a token once for a session', () => {
    const { sessions, token } = opened();
    const first = token();
    const secret = sessions.exchange(first);
    expect(sessions.isOpen(secret ?? undefined)).toBe(true);
    expect(sessions.exchange(first)).toBeNull();
  });

  it('issues a fresh token after each exchange, for another browser', () => {
    const { sessions, tokens, token } = opened();
    sessions.exchange(token());
    expect(tokens).toHaveLength(2);
    expect(sessions.exchange(token())).not.toBeNull();
  });

  it('issues none after a wrong token', () => {
    const { sessions, tokens } = opened();
    expect(sessions.exchange('guess')).toBeNull();
    expect(sessions.exchange('')).toBeNull();
    expect(tokens).toHaveLength(1);
  });

  it('keeps earlier sessions open', () => {
    const { sessions, token } = opened();
    const [first, second] = [sessions.exchange(token()), sessions.exchange(token())];
    expect([first, second].map((secret) => sessions.isOpen(secret ?? undefined))).toEqual([
      true,
      true,
    ]);
  });

  it('ends the oldest session past 64', () => {
    const { sessions, token } = opened();
    const secrets = Array.from({ length: 65 }, () => sessions.exchange(token()) ?? undefined);
    expect(sessions.isOpen(secrets[0])).toBe(false);
    expect(secrets.slice(1).every((secret) => sessions.isOpen(secret))).toBe(true);
  });

  it('knows no session without a secret, with a foreign one, or with the token itself', () => {
    const { sessions, token } = opened();
    expect([undefined, '', 'guess', token()].map((secret) => sessions.isOpen(secret))).toEqual(
      Array(4).fill(false),
    );
  });

  it('makes tokens of 256 bits that differ from launch to launch', () => {
    const tokens = new Set(Array.from({ length: 100 }, () => opened().token()));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
  });
});
