import type { Run } from '@project-devops/simulation/protocol';
import { expect, it, vi } from 'vitest';
import { createOrchestratorClient } from './orchestrator-client.ts';

const answer = (status: number, body: unknown, type = 'application/json; charset=utf-8') =>
  vi.fn(
    async (_url: string | URL | Request, _init?: RequestInit) =>
      new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        headers: { 'content-type': type },
      }),
  );
const clientOf = (send: typeof fetch) => createOrchestratorClient('http://here/', send);

it.each([
  ['open', 'write'],
  ['none', 'read'],
] as const)('takes a session that is %s as leave to %s', async (state, access) => {
  expect(await clientOf(answer(200, { state })).access()).toBe(access);
});

it.each([
  ['a file server without such a file', answer(404, 'not found', 'text/plain')],
  ['a file server that answers everything with its page', answer(200, '<html>', 'text/html')],
  ['some other server', answer(200, { state: 'solid' })],
  ['no server at all', vi.fn(async () => Promise.reject(new TypeError('failed to fetch')))],
])('finds no server of ours behind %s', async (_, send) => {
  expect(await clientOf(send).access()).toBe('absent');
});

it('sends a run with its player, and without when there is none', async () => {
  const send = answer(201, { id: 'a' });
  const run = { seed: 1 } as Run;
  await clientOf(send).saveRun(run, 'Ada');
  await clientOf(send).saveRun(run, null);
  expect(send.mock.calls.map(([url, init]) => [url, init?.method, init?.body])).toEqual([
    ['http://here/api/v1/runs', 'POST', '{"run":{"seed":1},"player":"Ada"}'],
    ['http://here/api/v1/runs', 'POST', '{"run":{"seed":1}}'],
  ]);
});

it('throws the refusal with its code and its words', async () => {
  const problem = { code: 'session-required', detail: 'Open the printed address.', status: 401 };
  const send = answer(401, problem, 'application/problem+json');
  await expect(clientOf(send).saveRun({} as Run, null)).rejects.toMatchObject({
    code: 'session-required',
    status: 401,
    message: 'Open the printed address.',
  });
});

it('reads again what was broken off, but changes nothing twice', async () => {
  const send = answer(200, { lines: ['one'] });
  send.mockRejectedValueOnce(new TypeError('network changed'));
  expect(await clientOf(send).containerLogs('web-1')).toEqual(['one']);
  send.mockRejectedValueOnce(new TypeError('network changed'));
  await expect(clientOf(send).saveRun({} as Run, null)).rejects.toThrow('network changed');
  expect(send).toHaveBeenCalledTimes(3);
});

it('escapes what stands in addresses', async () => {
  const send = answer(200, { items: [] });
  await clientOf(send).leaderboard('a/b', 3);
  await clientOf(send).listRuns('x&y');
  expect(send.mock.calls.map(([url]) => url)).toEqual([
    'http://here/api/v1/scenarios/a%2Fb/leaderboard?limit=3',
    'http://here/api/v1/runs?scenario=x%26y',
  ]);
});
