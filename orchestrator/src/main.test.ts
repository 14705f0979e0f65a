import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './testing/temporary-directory.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Launch extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The first line on standard output. */
  readonly firstLine: Promise<string>;
  readonly complaints: Promise<string>;
  readonly exitCode: Promise<number | null>;
}

/** Starts the server as a process of its own, on a store of its own. */
function launch(environment: Record<string, string>): Launch {
  const directory = temporaryDirectory();
  const env = { DATA_DIR: directory.path, UI_DIR: directory.path, PORT: '0', ...environment };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exitCode = once(child, 'exit').then(([code]) => code as number | null);
  return {
    process: child,
    firstLine: once(createInterface(child.stdout), 'line').then(([line]) => String(line)),
    complaints: text(child.stderr),
    exitCode,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exitCode;
      directory[Symbol.dispose]();
    },
  };
}

describe('node src/main.ts', () => {
  it('prints one address; who opens it may save', async () => {
    await using server = launch({});
    const line = await server.firstLine;
    expect(line).toMatch(/^Project DevOps: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const address = new URL(line.replace('Project DevOps: ', ''));
    const entry = await fetch(address, { redirect: 'manual' });
    const cookie = entry.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const session = await fetch(new URL('/api/v1/session', address), { headers: { cookie } });
    expect(await session.json()).toEqual({ state: 'open' });
    const health = await fetch(new URL('/healthz', address));
    expect(await health.json()).toMatchObject({ status: 'ok', ui: 'not-built' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'closes with code 0 and in silence on %s',
    async (signal) => {
      await using server = launch({});
      await server.firstLine;
      server.process.kill(signal);
      expect([await server.exitCode, await server.complaints]).toEqual([0, '']);
    },
  );

  it('ends at once on a second signal, whatever is still open', async () => {
    await using server = launch({});
    const port = /:(\d+)\//.exec(await server.firstLine)?.[1];
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHo');
    await once(socket, 'connect');
    await fetch(`http://127.0.0.1:${port}/healthz`);
    server.process.kill('SIGTERM');
    const first = await Promise.race([server.exitCode, delay(500, 'still closing')]);
    server.process.kill('SIGTERM');
    expect([first, await server.exitCode]).toEqual(['still closing', 143]);
    socket.destroy();
  });

  it('says which variable is wrong and exits with 1', async () => {
    await using server = launch({ PORT: 'http' });
    expect([await server.exitCode, await server.complaints]).toEqual([
      1,
      'PORT is "http"; it should be a whole number from 0 to 65535 (0 takes any free port).\n',
    ]);
  });

  it('says in one line that a port asked for is taken, and exits with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    await using server = launch({ PORT: String(port) });
    expect([await server.exitCode, await server.complaints]).toEqual([
      1,
      `Port ${port} on 127.0.0.1 is taken. Stop the program that uses it, or set PORT to another number (0: any free one).\n`,
    ]);
    other.close();
  });

  it('sets a damaged store aside, says so, and serves', async () => {
    using data = temporaryDirectory();
    writeFileSync(join(data.path, 'runs.sqlite'), 'no database at all. '.repeat(300));
    await using server = launch({ DATA_DIR: data.path });
    await server.firstLine;
    server.process.kill('SIGTERM');
    expect(await server.complaints).toMatch(
      /was damaged\. It is kept as .*; a new, empty one is in use\.\n$/,
    );
  });

  it('says that the store cannot be used, and exits with 1', async () => {
    using data = temporaryDirectory();
    const file = join(data.path, 'file');
    writeFileSync(file, '');
    await using server = launch({ DATA_DIR: join(file, 'below') });
    expect(await server.exitCode).toBe(1);
    expect((await server.complaints).trim().split('\n')).toHaveLength(1);
  });
});
