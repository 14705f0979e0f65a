import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { addProblemAnswers, asRefusal, refuseConnection } from './problem-answers.ts';

/** Sends bytes as they are and reads until the server closes. */
async function exchange(port: number, bytes: string): Promise<{ head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body };
}

/** Starts the application on a free port. */
async function listening({ server }: TestApp): Promise<number> {
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return Number(new URL(address).port);
}

describe('an unexpected error', () => {
  it('is logged once, whole and under the id that the answer gives, and the answer keeps its words', async () => {
    const lines: string[] = [];
    const app = fastify({
      logger: { level: 'error', stream: { write: (line) => lines.push(line) } },
    });
    addProblemAnswers(app);
    app.get('/', async () => {
      throw new Error('the cause');
    });
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('the cause');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '');
    expect(line.err).toMatchObject({ message: 'the cause', stack: expect.stringContaining('at ') });
    expect(answer.json().instance).toBe(`urn:uuid:${line.reqId}`);
    await app.close();
  });
});

describe('asRefusal', () => {
  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'body-too-large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'not-json'],
    ['FST_ERR_BAD_URL', 400, 'bad-url'],
    ['FST_ERR_ANYTHING_ELSE', 418, 'bad-request'],
  ])('puts %s under our code', (code, statusCode, ours) => {
    const error = Object.assign(new Error('words'), { name: 'FastifyError', code, statusCode });
    expect(asRefusal(error)?.code).toBe(ours);
  });

  it('leaves our refusals as they are, and knows which errors nobody expected', () => {
    const refusal = new ApiError('not-found', 'Nothing.');
    expect(asRefusal(refusal)).toBe(refusal);
    expect(asRefusal(Object.assign(new Error('bug'), { code: 'EIO' }))).toBeNull();
  });
});

describe('bytes that are no request', () => {
  it.each([
    ['garbage', 'GARBAGE\r\n\r\n', 400, 'bad-request'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400, null],
    ['no host, as HTTP once allowed', 'GET / HTTP/1.0\r\n\r\n', 421, 'unknown-host'],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n', 400, 'bad-request'],
    [
      'huge headers',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'bad-request',
    ],
  ])('are refused and the connection closed: %s', async (_what, bytes, status, code) => {
    await using app = await createTestApp();
    const { head, body } = await exchange(await listening(app), bytes);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (code !== null) {
      expect(head.toLowerCase()).toContain('content-type: application/problem+json');
      expect(JSON.parse(body)).toMatchObject({ code, status });
    }
    expect((await app.get('/healthz')).statusCode).toBe(200);
  });

  it('do not wait for ever: a request that trickles in is refused', async () => {
    await using app = await createTestApp();
    app.server.server.requestTimeout = 200;
    app.server.server.headersTimeout = 200;
    const { head, body } = await exchange(await listening(app), 'GET / HTTP/1.1\r\nHo');
    expect(head).toMatch(/^HTTP\/1.1 408 /);
    expect(JSON.parse(body)).toMatchObject({ code: 'request-timeout' });
  });

  it('are not answered on a connection that is gone', () => {
    const socket = { destroyed: true, writable: false, destroy: () => socket };
    expect(() => refuseConnection(new Error('gone'), socket as never)).not.toThrow();
  });
});
