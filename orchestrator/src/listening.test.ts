import { createServer } from 'node:net';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { ListenError, listen } from './listening.ts';

const opened: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

/** Takes a free port, and the next one if it can, as another program would. */
async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  return (server.address() as { port: number }).port;
}

async function tryToListen(PORT: number, portAsked: boolean, HOST = '127.0.0.1') {
  const server = fastify();
  opened.push(server);
  server.get('/', async () => 'here');
  const notices: string[] = [];
  const address = await listen(server, { HOST, PORT, portAsked }, (text) => notices.push(text));
  return { address, notices };
}

describe('listen', () => {
  it('takes any free port for PORT=0 and returns the address', async () => {
    const { address, notices } = await tryToListen(0, true);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}$/);
    expect(notices).toEqual([]);
    expect(await (await fetch(address)).text()).toBe('here');
  });

  it('says that the default port is taken, and takes the next free one', async () => {
    const port = await takenPort();
    const { address, notices } = await tryToListen(port, false);
    expect(notices[0]).toBe(`Port ${port} is taken; trying ${port + 1}.`);
    expect(Number(new URL(address).port)).toBeGreaterThan(port);
    expect(await (await fetch(address)).text()).toBe('here');
  });

  it('refuses a taken port that was asked for, in one line', async () => {
    const port = await takenPort();
    const attempt = tryToListen(port, true);
    await expect(attempt).rejects.toThrow(ListenError);
    await expect(attempt).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken. Stop the program that uses it, or set PORT to another number (0: any free one).`,
    );
  });

  it('says that HOST is not an address of this machine', async () => {
    await expect(tryToListen(0, true, '192.0.2.1')).rejects.toThrow(
      'HOST 192.0.2.1 is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.',
    );
  });

  it('gives an address that a browser can open when it listens on all of them', async () => {
    const { address } = await tryToListen(0, true, '0.0.0.0');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });
});
