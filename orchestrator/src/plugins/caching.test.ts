import { describe, expect, it } from 'vitest';
import { testRun } from '../testing/fixtures.ts';
import { createTestApp } from '../testing/test-app.ts';

describe('caching', () => {
  it('answers 304 without a body to a reader who already has the answer', async () => {
    await using app = await createTestApp();
    const first = await app.get('/api/v1/scenarios');
    const tag = String(first.headers.etag);
    expect(first.headers['cache-control']).toBe('no-cache');
    for (const known of [tag, `"other", ${tag}`, '*']) {
      const again = await app.get('/api/v1/scenarios', { 'if-none-match': known });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      expect(again.headers).toMatchObject({ etag: tag, 'cache-control': 'no-cache' });
      expect(again.headers['content-type']).toBeUndefined();
    }
  });

  it('sends the answer anew when it has changed', async () => {
    await using app = await createTestApp();
    const { headers } = await app.get('/api/v1/runs');
    expect(headers.etag).toMatch(/^W\/"/);
    await app.change('POST', '/api/v1/runs', { run: testRun() });
    const again = await app.get('/api/v1/runs', { 'if-none-match': String(headers.etag) });
    expect(again.statusCode).toBe(200);
    expect(again.json().items).toHaveLength(1);
  });

  it.each(['/healthz', '/metrics', '/api/v1/session', '/api/v1/nothing'])(
    'keeps nothing of %s',
    async (url) => {
      await using app = await createTestApp();
      const { headers } = await app.get(url);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.etag).toBeUndefined();
    },
  );

  it('keeps the tag when the answer travels compressed', async () => {
    await using app = await createTestApp();
    const plain = await app.get('/api/v1/openapi.json');
    const packed = await app.get('/api/v1/openapi.json', { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers.vary).toContain('accept-encoding');
    expect(plain.headers.etag).toMatch(/^W\/"/);
    expect(packed.headers.etag).toBe(plain.headers.etag);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  });
});
