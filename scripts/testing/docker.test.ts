import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dockerAnswers } from './docker.ts';

it('tells an engine that answers from one that is not there', async () => {
  const socket = join(tmpdir(), `docker-${process.pid}.sock`);
  const env = { DOCKER_HOST: `unix://${socket}` };
  expect(await dockerAnswers(env)).toBe(false);
  const server = createServer((_request, response) => response.end('OK')).listen(socket);
  await new Promise((resolve) => server.once('listening', resolve));
  expect(await dockerAnswers(env)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
});
