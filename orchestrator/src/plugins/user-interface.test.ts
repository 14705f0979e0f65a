import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';

const PAGE = '<!doctype html><title>Project DevOps</title>';
const SCRIPT = 'export const speed = 1;\n'.repeat(200);
const HTML = { accept: 'text/html,*/*;q=0.8' };

function build(app: TestApp): void {
  const directory = app.config.UI_DIR;
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), PAGE);
  writeFileSync(join(directory, 'assets', 'index-4f2a91.js'), SCRIPT);
  writeFileSync(join(directory, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(directory, '.secret'), 'hidden');
}

async function builtApp(): Promise<TestApp> {
  const app = await createTestApp();
  build(app);
  return app;
}

describe('the user interface', () => {
  it('is served at / and asked for anew each time', async () => {
    await using app = await builtApp();
    const page = await app.get('/', HTML);
    expect([page.statusCode, page.body]).toEqual([200, PAGE]);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const again = await app.get('/', { 'if-none-match': String(page.headers.etag) });
    expect(again.statusCode).toBe(304);
  });

  it('lets hashed files be kept for ever', async () => {
    await using app = await builtApp();
    const file = await app.get('/assets/index-4f2a91.js');
    expect(file.body).toBe(SCRIPT);
    expect(file.headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await app.get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
  ])('compresses for a browser that accepts %s', async (accepted, used) => {
    await using app = await builtApp();
    const file = await app.get('/assets/index-4f2a91.js', { 'accept-encoding': accepted });
    expect(file.headers).toMatchObject({ 'content-encoding': used, vary: 'accept-encoding' });
    expect(file.headers['cache-control']).toContain('immutable');
    if (used === 'br') expect(brotliDecompressSync(file.rawPayload).toString()).toBe(SCRIPT);
  });

  it('gives the page to a person who navigates within it', async () => {
    await using app = await builtApp();
    const answer = await app.get('/runs/0123', HTML);
    expect([answer.statusCode, answer.body]).toEqual([200, PAGE]);
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['/assets/gone-000000.js', HTML],
    ['/assets/gone', HTML],
    ['/gone.png', HTML],
    ['/runs/0123', { accept: 'application/json' }],
    ['/api/v1/gone', HTML],
    ['/api', HTML],
    ['/schemas/gone.json', HTML],
    ['/.secret', HTML],
    ['/assets', HTML],
    ['/..%2f..%2fetc%2fpasswd', {}],
    ['/assets/..%2f..%2fpackage.json', HTML],
    ['/assets/..%5c..%5cpackage.json', HTML],
    ['/%2e%2e/%2e%2e/etc/passwd', {}],
    [`/${'a'.repeat(3_000)}`, {}],
    ['/a%00b', {}],
  ])('answers %s with a problem', async (url, headers) => {
    await using app = await builtApp();
    const answer = await app.get(url, headers);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect([400, 403, 404]).toContain(answer.statusCode);
  });

  it('says when it is not built, and serves it once it is', async () => {
    await using app = await createTestApp();
    const missing = await app.get('/', HTML);
    expect(missing.json()).toMatchObject({ code: 'ui-not-built', status: 503 });
    expect((await app.get('/healthz')).json()).toMatchObject({ status: 'ok', ui: 'not-built' });
    build(app);
    expect((await app.get('/', HTML)).statusCode).toBe(200);
    expect((await app.get('/healthz')).json()).toMatchObject({ ui: 'built' });
  });

  it('answers HEAD like GET, without a body', async () => {
    await using app = await builtApp();
    const answer = await app.server.inject({
      method: 'HEAD',
      url: '/assets/index-4f2a91.js',
      headers: { host: '127.0.0.1' },
    });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(answer.headers['cache-control']).toContain('immutable');
  });
});
