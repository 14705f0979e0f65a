import { describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/test-app.ts';

describe('security headers', () => {
  it.each(['/', '/healthz', '/api/v1/runs', '/api/v1/nothing'])('go with %s', async (url) => {
    await using app = await createTestApp();
    const { headers } = await app.get(url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('allow the page nothing but this origin, and no inline code', async () => {
    await using app = await createTestApp();
    const policy = String((await app.get('/')).headers['content-security-policy']);
    expect(policy.split(';')).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "worker-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data: blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
  });
});
