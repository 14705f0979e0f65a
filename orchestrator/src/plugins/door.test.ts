import { describe, expect, it } from 'vitest';
import { testRun } from '../testing/fixtures.ts';
import { createTestApp, TEST_HOST } from '../testing/test-app.ts';

describe('the door', () => {
  it('exchanges the token of the printed address for a cookie that scripts and other sites cannot use', async () => {
    await using app = await createTestApp();
    const answer = await app.get(`/?token=${app.token()}`);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.cookies).toEqual([
      expect.objectContaining({
        name: 'devops-session-4700',
        httpOnly: true,
        sameSite: 'Strict',
        path: '/',
      }),
    ]);
  });

  it('lets that browser save, from every tab', async () => {
    await using app = await createTestApp();
    const cookie = await app.openSession();
    const headers = { host: TEST_HOST, origin: `http://${TEST_HOST}`, cookie };
    for (const seed of [1, 2]) {
      const payload = { run: testRun({ seed }) };
      const answer = await app.server.inject({
        method: 'POST',
        url: '/api/v1/runs',
        headers,
        payload,
      });
      expect(answer.statusCode).toBe(201);
    }
  });

  it('sends whoever brings a spent or wrong token to the page, without a session', async () => {
    await using app = await createTestApp();
    const spent = app.token();
    await app.openSession();
    for (const token of [spent, 'guess', '']) {
      const answer = await app.get(`/?token=${token}`);
      expect([answer.statusCode, answer.headers.location, answer.cookies]).toEqual([303, '/', []]);
    }
  });

  it('lets a second browser in with the next token', async () => {
    await using app = await createTestApp();
    const cookies = [await app.openSession(), await app.openSession()];
    for (const cookie of cookies) {
      expect((await app.get('/api/v1/session', { cookie })).json()).toEqual({ state: 'open' });
    }
  });

  it('says whether a browser has a session', async () => {
    await using app = await createTestApp();
    expect((await app.get('/api/v1/session')).json()).toEqual({ state: 'none' });
  });

  it('knows no cookie of an earlier launch', async () => {
    await using earlier = await createTestApp();
    await using app = await createTestApp();
    const cookie = await earlier.openSession();
    expect((await app.get('/api/v1/session', { cookie })).json()).toEqual({ state: 'none' });
  });

  it('names the cookie by port, since cookies ignore ports', async () => {
    await using app = await createTestApp();
    const { cookies } = await app.get(`/?token=${app.token()}`, { host: 'localhost:8080' });
    expect(cookies[0]?.name).toBe('devops-session-8080');
  });

  it('challenges a change without session, and stores nothing', async () => {
    await using app = await createTestApp();
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/v1/runs',
      headers: { host: TEST_HOST, origin: `http://${TEST_HOST}` },
      payload: { run: testRun() },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Launch-Token realm="project-devops"');
    expect((await app.get('/api/v1/runs')).json().items).toEqual([]);
  });

  it('gives no other origin leave to read or to ask', async () => {
    await using app = await createTestApp();
    const answers = [
      await app.get('/api/v1/runs', { origin: 'http://evil.example' }),
      await app.server.inject({
        method: 'OPTIONS',
        url: '/api/v1/runs',
        headers: {
          host: TEST_HOST,
          origin: 'http://evil.example',
          'access-control-request-method': 'POST',
        },
      }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 405]);
    for (const { headers } of answers) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });

  it('answers for the hosts that the configuration adds', async () => {
    await using app = await createTestApp({ environment: { ALLOWED_HOSTS: 'devops.example' } });
    expect((await app.get('/healthz', { host: 'devops.example' })).statusCode).toBe(200);
    expect((await app.get('/healthz', { host: 'other.example' })).statusCode).toBe(421);
  });
});
