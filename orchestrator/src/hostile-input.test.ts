import { parse } from '@project-devops/simulation/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_TYPE, ProblemDetailsSchema } from './routes/problem.ts';
import { testRun } from './testing/fixtures.ts';
import { createTestApp, TEST_HOST, type TestApp } from './testing/test-app.ts';

/** One application for all attacks: whatever one of them leaves behind, the next meets. */
let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

interface Attack {
  readonly name: string;
  readonly expected: readonly number[];
  readonly url?: (template: string) => string;
  readonly headers?: Record<string, string | undefined>;
  readonly payload?: string;
}

const REFUSED = [400, 404, 413, 414];
const ORIGIN = `http://${TEST_HOST}`;
const JSON_TYPE = 'application/json';

const fill = (value: string) => (template: string) => template.replace(/:\w+|\*/g, value);
const anyUrl = fill('0'.repeat(32));

/** On every route. */
const ADDRESS_ATTACKS: readonly Attack[] = [
  'evil.example',
  `evil.example:4700`,
  `${TEST_HOST}.evil.example`,
  ' ',
  '127.0.0.1:4700, evil.example',
  `user@${TEST_HOST}`,
].map((host) => ({ name: `host "${host}"`, expected: [421], headers: { host } }));

/** On every route: sockets, opened from elsewhere or without a session. */
const SOCKET_ATTACKS: readonly Attack[] = [
  { name: 'socket without origin', expected: [403], headers: { upgrade: 'websocket' } },
  {
    name: 'socket from elsewhere',
    expected: [403],
    headers: { upgrade: 'WebSocket', origin: 'http://evil.example' },
  },
  {
    name: 'socket without session',
    expected: [401],
    headers: { upgrade: 'websocket', origin: ORIGIN },
  },
];

/** On every route with a parameter. */
const PARAMETER_ATTACKS: readonly Attack[] = [
  '..%2f..%2fetc%2fpasswd',
  '..%5c..%5cwindows',
  '%2e%2e%2f%2e%2e%2f.env',
  'a%00b',
  '__proto__',
  'constructor',
  'toString',
  '%F0%9F',
  '%zz',
  '-1',
  '1e999',
  '9'.repeat(80),
  'x'.repeat(5_000),
  "1'%20OR%20'1'='1",
  '%3Cscript%3E',
].map((value) => ({
  name: `parameter ${value.slice(0, 30)}`,
  // 409: a word that could be a node's name, while real mode is off.
  expected: [...REFUSED, 409],
  url: fill(value),
}));

/** On every route whose query is closed. */
const QUERY_ATTACKS: readonly Attack[] = [
  'limit=1e999',
  'limit=-1',
  'limit=99999999999999999999',
  'limit[]=1',
  'limit=1&limit=2',
  '__proto__[x]=1',
  'constructor=1',
  'limit=%00',
  `limit=${'9'.repeat(3_000)}`,
  'unknown=1',
].map((query) => ({
  name: `query ${query.slice(0, 30)}`,
  expected: [400],
  url: (template) => `${anyUrl(template)}?${query}`,
}));

/** On every route that changes something. */
const DOOR_ATTACKS: readonly Attack[] = [
  ...[
    undefined,
    'null',
    'http://evil.example',
    'http://127.0.0.1:4701',
    `https://${TEST_HOST}`,
  ].map((origin) => ({ name: `origin ${origin}`, expected: [403], headers: { origin } })),
  { name: 'no cookie', expected: [401], headers: { cookie: undefined } },
  { name: 'forged cookie', expected: [401], headers: { cookie: 'devops-session-4700=guess' } },
  { name: 'cookie of another port', expected: [401], headers: { cookie: 'devops-session-1=x' } },
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ].map((type) => ({
    name: `body as ${type}`,
    expected: [415],
    headers: { 'content-type': type },
    payload: '{}',
  })),
];

const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);

/** On every route that changes something: bodies that no route may take, whether it wants one or not. */
const BODY_ATTACKS: readonly Attack[] = [
  { name: 'oversized body', expected: [413], payload: `"${'x'.repeat(3 * 1024 * 1024)}"` },
  { name: 'deep arrays', expected: [400, 413], payload: deep('[', ']') },
  {
    name: 'deep objects',
    expected: [400, 413],
    payload: `${deep('{"a":', '')}1${'}'.repeat(100_000)}`,
  },
  { name: 'cut off', expected: [400], payload: '{"run":' },
  { name: 'no JSON', expected: [400], payload: 'run=1' },
  { name: 'NaN', expected: [400], payload: '{"run":NaN}' },
  { name: 'poisoned prototype', expected: [400], payload: '{"__proto__":{"admin":true}}' },
  {
    name: 'poisoned prototype, escaped',
    expected: [400],
    payload: '{"\\u005f_proto__":{"admin":true}}',
  },
  {
    name: 'poisoned constructor',
    expected: [400],
    payload: '{"constructor":{"prototype":{"admin":true}}}',
  },
];

/** A run whose shop, a list of unique names, is this JSON. */
function withShop(json: string): string {
  return JSON.stringify({ run: testRun() }).replace('"shop":[]', `"shop":${json}`);
}

/** On every route that takes a body: JSON that fits no schema. */
const SHAPE_ATTACKS: readonly Attack[] = [
  'null',
  '7',
  '""',
  '[]',
  '{}',
  '{"run":null}',
  '{"run":[]}',
  JSON.stringify({ run: testRun(), admin: true }),
  JSON.stringify({ run: { ...testRun(), admin: true } }),
  JSON.stringify({ run: { ...testRun(), seed: -1 } }),
  JSON.stringify({ run: { ...testRun(), seed: 2 ** 32 } }),
  JSON.stringify({ run: testRun() }).replace('"endMs":10000', '"endMs":1e999'),
  JSON.stringify({ run: testRun() }).replace('"endMs":10000', `"endMs":${'9'.repeat(400)}`),
  JSON.stringify({ run: { ...testRun(), commands: Array(5_001).fill(testRun().commands[0]) } }),
  JSON.stringify({ run: { ...testRun(), stateHash: '../../etc/passwd' } }),
  withShop(deep('[', ']')),
  withShop(`[${Array(100_000).fill('"cache"').join()}]`),
  withShop(`[${Array.from({ length: 100_000 }, (_, index) => index).join()}]`),
].map((payload) => ({ name: `body ${payload.slice(-60)}`, expected: [400], payload }));

async function attack(method: string, template: string, attempt: Attack) {
  const url = (attempt.url ?? anyUrl)(template);
  const change = method !== 'GET' && method !== 'HEAD';
  const cookie = change ? await app.openSession() : undefined;
  const type = attempt.payload === undefined ? undefined : JSON_TYPE;
  const sent = {
    host: TEST_HOST,
    origin: change ? ORIGIN : undefined,
    cookie,
    'content-type': type,
  };
  const headers = Object.fromEntries(
    Object.entries({ ...sent, ...attempt.headers }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  const { payload } = attempt;
  return app.server.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload !== undefined && { payload }),
  });
}

async function expectRefusals(method: string, template: string, attempts: readonly Attack[]) {
  for (const attempt of attempts) {
    const answer = await attack(method, template, attempt);
    const what = `${method} ${template}: ${attempt.name} -> ${answer.body.slice(0, 300)}`;
    expect(attempt.expected, what).toContain(answer.statusCode);
    expect(answer.headers['content-type'], what).toBe(PROBLEM_TYPE);
    if (method === 'HEAD') continue;
    expect(parse(ProblemDetailsSchema, answer.json()), what).toMatchObject({ ok: true });
    expect(answer.body, what).not.toMatch(/node_modules|\.ts:\d|at \w+ \(/);
  }
  const health = await app.get('/healthz');
  expect(health.json()).toMatchObject({ status: 'ok' });
  expect((await app.get('/api/v1/runs')).json().items).toEqual([]);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
}

/** The routes are the application's own list, so that a new route is attacked without being named here. */
describe('hostile input', () => {
  const everyRoute = () => app.routes;
  const changes = () => app.routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD');

  it('has routes to attack', () => {
    expect(everyRoute().length).toBeGreaterThan(20);
    expect(changes().map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v1/runs',
      'DELETE /api/v1/runs/:id',
      'POST /api/v1/real-outlooks',
    ]);
  });

  it('is refused on every route when the host is not ours', async () => {
    for (const { method, url } of everyRoute()) await expectRefusals(method, url, ADDRESS_ATTACKS);
  });

  it('is refused when it would open a socket from elsewhere', async () => {
    const readings = everyRoute().filter(({ method }) => method === 'GET' || method === 'HEAD');
    for (const { method, url } of readings) await expectRefusals(method, url, SOCKET_ATTACKS);
  });

  it('is refused in every parameter', async () => {
    const routes = everyRoute().filter(({ url }) => /[:*]/.test(url));
    for (const { method, url } of routes) await expectRefusals(method, url, PARAMETER_ATTACKS);
  });

  it('is refused in every query', async () => {
    const closed = everyRoute().filter(
      ({ schema }) =>
        (schema?.querystring as { additionalProperties?: boolean })?.additionalProperties === false,
    );
    expect(closed.length).toBeGreaterThan(0);
    for (const { method, url } of closed) await expectRefusals(method, url, QUERY_ATTACKS);
  });

  it('does no harm in the query of a route that reads none', async () => {
    for (const { method, url } of everyRoute().filter(({ schema }) => !schema?.querystring)) {
      for (const attempt of QUERY_ATTACKS) {
        expect((await attack(method, url, attempt)).statusCode, url).toBeLessThan(500);
      }
    }
  });

  it('is refused at the door of every change', async () => {
    for (const { method, url } of changes()) await expectRefusals(method, url, DOOR_ATTACKS);
  });

  it('is refused as the body of every change', async () => {
    for (const { method, url } of changes()) await expectRefusals(method, url, BODY_ATTACKS);
  });

  it('is refused where a body is wanted', async () => {
    const routes = changes().filter(({ schema }) => schema?.body !== undefined);
    for (const { method, url } of routes) await expectRefusals(method, url, SHAPE_ATTACKS);
  });

  it('is refused with any method that a route does not take', async () => {
    for (const method of ['PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS']) {
      const free = [...new Set(everyRoute().map(({ url }) => url))].filter(
        (url) =>
          !url.includes('*') &&
          !app.routes.some((route) => route.url === url && route.method === method),
      );
      for (const url of free) {
        const answer = await attack(method, url, { name: 'method', expected: [405] });
        expect([answer.statusCode, answer.json().code], `${method} ${url}`).toEqual([
          405,
          'method-not-allowed',
        ]);
        expect(answer.headers.allow).toMatch(/GET|POST/);
      }
    }
  });
});
