import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { serviceUnderTest } from '../testing/service-under-test.ts';
import { createDoor } from './door.ts';

const doors: ReturnType<typeof createDoor>[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

async function open(under: ReturnType<typeof serviceUnderTest>, healthy = () => true) {
  const door = createDoor(under.service, healthy);
  doors.push(door);
  await door.listen({ host: '127.0.0.1', port: 0 });
  const { port } = door.server.address() as AddressInfo;
  return { port, get: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) };
}

it('answers a served request, and a failed one with its cause and node', async () => {
  const under = serviceUnderTest({ backlog: 1 });
  const { get } = await open(under);
  const served = get('/r/home');
  await vi.waitFor(() => expect(under.bursts).toHaveLength(1));
  const turnedAway = await get('/r/home');
  expect(turnedAway.status).toBe(503);
  expect(turnedAway.headers.get('x-failure-cause')).toBe('queue-full');
  expect(turnedAway.headers.get('x-failed-node')).toBe('web');
  await under.work();
  expect((await served).status).toBe(200);
  expect((await get('/r/nothing')).status).toBe(404);
});

it('answers 504 when the time of the class is over', async () => {
  const classes = { slow: { operations: ['static' as const], onTimeMs: 10, timeoutMs: 20 } };
  const under = serviceUnderTest({ classes });
  const { get } = await open(under);
  const answer = await get('/r/slow');
  expect([answer.status, answer.headers.get('x-failure-cause')]).toEqual([504, 'time-out']);
  await under.work();
});

it('gives up a request whose client has gone', async () => {
  const under = serviceUnderTest();
  const { port } = await open(under);
  const client = connect(port, '127.0.0.1');
  client.write('GET /r/home HTTP/1.1\r\nhost: test\r\n\r\n');
  await vi.waitFor(() => expect(under.bursts).toHaveLength(1));
  client.destroy();
  await vi.waitFor(() => expect(under.answers.length + under.bursts.length).toBe(1));
  await once(client, 'close');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await under.work();
  expect(await under.sample('devops_request_errors_total{cause="time-out"}')).toBe(1);
});

it('is healthy once the service says so', async () => {
  let healthy = false;
  const { get } = await open(serviceUnderTest(), () => healthy);
  expect((await get('/healthz')).status).toBe(503);
  healthy = true;
  expect((await get('/healthz')).status).toBe(200);
});
