import { describe, expect, it } from 'vitest';
import { createHostAllowList, isAllowedHost, isOwnOrigin, parseHost } from './host-allow-list.ts';

const allowed = createHostAllowList({ HOST: '203.0.113.5', ALLOWED_HOSTS: ['Devops.Example'] });

describe('the host allow-list', () => {
  it.each([
    '127.0.0.1:4700',
    '127.0.0.1',
    'localhost:4700',
    'LOCALHOST:1',
    '[::1]:4700',
    '203.0.113.5:4700',
    'devops.example',
    'DEVOPS.example:443',
  ])('answers for %s', (header) => {
    expect(isAllowedHost(allowed, header)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:4700',
    'evil.example@127.0.0.1',
    '127.0.0.1:4700/evil',
    '127.0.0.1:port',
    '127.0.0.1:4700:4700',
    '127.0.0.2',
    '0.0.0.0:4700',
    '[::1',
    '::1',
    'localhost,evil.example',
    ' localhost',
  ])('does not answer for %j', (header) => {
    expect(isAllowedHost(allowed, header)).toBe(false);
  });

  it.each(['0.0.0.0', '::'])('does not take %s, "all addresses", for a name', (HOST) => {
    const list = createHostAllowList({ HOST, ALLOWED_HOSTS: [] });
    expect([...list]).toEqual(['127.0.0.1', 'localhost', '::1']);
  });

  it('reads the port that the browser used', () => {
    expect(parseHost('localhost:8080')).toEqual({ name: 'localhost', port: 8080 });
    expect(parseHost('[::1]')).toEqual({ name: '::1', port: null });
  });
});

describe('isOwnOrigin', () => {
  it('takes only the address under which the server was called', () => {
    expect(isOwnOrigin('http://localhost:4700', 'localhost:4700')).toBe(true);
    expect(isOwnOrigin('http://localhost:4700', 'LOCALHOST:4700')).toBe(true);
  });

  it.each([
    undefined,
    'null',
    'http://localhost',
    'http://localhost:3000',
    'http://127.0.0.1:4700',
    'https://localhost:4700',
    'http://localhost:4700/',
    'http://localhost:4700.evil.example',
  ])('refuses %j', (origin) => {
    expect(isOwnOrigin(origin, 'localhost:4700')).toBe(false);
  });

  it('refuses every origin when the request names no host', () => {
    expect(isOwnOrigin('http://undefined', undefined)).toBe(false);
  });
});
