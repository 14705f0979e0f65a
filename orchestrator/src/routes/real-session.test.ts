import { RULESET, SCENARIOS } from '@project-devops/simulation';
import type { RealMessage, Run, Scenario } from '@project-devops/simulation/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../clock.ts';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { createFakeRealMode, type FakeRealMode } from '../testing/fake-real-mode.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';

const scenario = SCENARIOS[0] as Scenario;
const run: Run = {
  format: 'project-devops/run@1',
  ruleset: RULESET,
  scenario,
  seed: 1,
  commands: [],
  endMs: 0,
  stateHash: '0'.repeat(16),
};

let app: TestApp;
let realMode: FakeRealMode;
let port = 0;
beforeEach(async () => {
  realMode = createFakeRealMode(systemClock);
  app = await createTestApp({ ports: { realMode } });
  await app.server.listen({ port: 0, host: '127.0.0.1' });
  const [address] = app.server.addresses();
  port = typeof address === 'object' ? address.port : 0;
});
afterEach(() => app[Symbol.asyncDispose]());

/** A page's socket, opened as a browser does unless told otherwise. */
async function openSocket(headers: Record<string, string> = {}) {
  const host = `127.0.0.1:${port}`;
  const answer = await fetch(`http://${host}/?token=${app.token()}`, { redirect: 'manual' });
  const cookie = answer.headers
    .getSetCookie()
    .map((value) => value.split(';')[0])
    .join('; ');
  const socket = new WebSocket(`ws://${host}/api/v1/real-session`, {
    headers: { origin: `http://${host}`, cookie, ...headers },
  });
  const messages: RealMessage[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const opened = await new Promise<number | 'open'>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on('error', () => resolve(0));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return {
    socket,
    messages,
    opened,
    closed,
    send: (value: unknown) => socket.send(JSON.stringify(value)),
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(condition()).toBe(true);
}

describe('the socket of the real-mode session', () => {
  it('tells its state at once, plays, answers commands and ends', async () => {
    const page = await openSocket();
    await until(() => page.messages.length > 0);
    expect(page.messages[0]).toEqual({ type: 'state', state: { phase: 'off' } });
    page.send({ type: 'open', run, judge: 'reality', scale: 2 });
    await until(() => page.messages.some(({ type }) => type === 'frame'));
    page.send({ type: 'command', id: 5, command: { type: 'start-operation' } });
    await until(() =>
      page.messages.some((message) => message.type === 'answer' && message.id === 5),
    );
    page.send({ type: 'leave' });
    await until(() => page.messages.filter(({ type }) => type === 'state').length > 3);
    await until(() => realMode.sandboxes[0]?.disposed === true);
    page.socket.close();
  });

  it.each([
    ['no JSON', 'hello'],
    ['an unknown request', JSON.stringify({ type: 'shutdown' })],
    ['a scale of zero', JSON.stringify({ type: 'open', run, judge: 'reality', scale: 0 })],
    ['a member too many', JSON.stringify({ type: 'leave', force: true })],
    ['a command that is none', JSON.stringify({ type: 'command', id: 1, command: { type: 'rm' } })],
    ['a prototype', '{"__proto__":{"type":"leave"}}'],
  ])('closes on %s', async (_name, text) => {
    const page = await openSocket();
    page.socket.send(text);
    expect(await page.closed).toBe(1007);
    expect(realMode.desk.session).toBeNull();
  });

  it('closes on a message that is too large', async () => {
    const page = await openSocket();
    page.socket.send('x'.repeat(5 * 1024 * 1024));
    expect([1006, 1009]).toContain(await page.closed);
  });

  it.each([
    ['from another page', { origin: 'http://evil.example' }, 403],
    ['without a session', { cookie: '' }, 401],
    ['for another host', { host: 'evil.example' }, 421],
  ])('is not opened %s', async (_name, headers, status) => {
    expect((await openSocket(headers)).opened).toBe(status);
  });

  it('gives nothing to a page that does not hold the session', async () => {
    const holder = await openSocket();
    holder.send({ type: 'open', run, judge: 'prediction', scale: 1 });
    await until(() => holder.messages.some(({ type }) => type === 'frame'));
    const other = await openSocket();
    other.send({ type: 'command', id: 1, command: { type: 'start-operation' } });
    other.send({ type: 'leave' });
    await until(() => other.messages.filter(({ type }) => type === 'refused').length === 2);
    expect(realMode.desk.state.phase).toBe('running');
  });
});

describe('what can be asked about real mode', () => {
  it('tells what the doctor found', async () => {
    const answer = await app.get('/api/v1/doctor');
    expect(answer.json()).toEqual({ ready: true, checks: [] });
  });

  it('previews what would be started, and says when the engine is away', async () => {
    const { topology, classes, data } = scenario;
    const question = { topology, classes, data, scale: 1 };
    const answer = await app.change('POST', '/api/v1/real-outlooks', question);
    expect(answer.json()).toMatchObject({ containers: 5, scale: 1 });
    realMode.outlook = async () => {
      throw new RuntimeError('unreachable', 'No engine answers.');
    };
    const away = await app.change('POST', '/api/v1/real-outlooks', question);
    expect(away.statusCode).toBe(503);
    expect(away.json()).toMatchObject({ code: 'engine-unavailable', detail: 'No engine answers.' });
  });

  it('has neither logs nor a scorecard while real mode is off', async () => {
    expect((await app.get('/api/v1/real-session')).json()).toEqual({ phase: 'off' });
    for (const url of ['containers/web-1/logs', 'scorecard']) {
      const answer = await app.get(`/api/v1/real-session/${url}`);
      expect(answer.statusCode).toBe(409);
    }
  });

  it("tells a container's lines and, once measured, the scorecard in both forms", async () => {
    const page = await openSocket();
    page.send({ type: 'open', run, judge: 'prediction', scale: 1 });
    await until(() => page.messages.some(({ type }) => type === 'frame'));
    const logs = await app.get('/api/v1/real-session/containers/web-1/logs?lines=1');
    expect(logs.json()).toEqual({ lines: ['last line'] });
    expect((await app.get('/api/v1/real-session/containers/ghost/logs')).statusCode).toBe(404);
    expect((await app.get('/api/v1/real-session/containers/..%2f/logs')).statusCode).toBe(400);
    page.send({ type: 'command', id: 1, command: { type: 'start-operation' } });
    const scorecard = (format: string) =>
      app.get(`/api/v1/real-session/scorecard?format=${format}`);
    for (let i = 0; i < 200 && (await scorecard('json')).statusCode !== 200; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await scorecard('json')).json()).toMatchObject({
      format: 'project-devops/scorecard@1',
    });
    const markdown = await scorecard('markdown');
    expect(markdown.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(markdown.body).toContain('|');
    expect((await scorecard('xml')).statusCode).toBe(400);
  });
});
