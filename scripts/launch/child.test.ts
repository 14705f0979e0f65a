import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { runChild } from './child.mjs';

const module = JSON.stringify(new URL('./child.mjs', import.meta.url).href);

it('returns the exit code', async () => {
  const code = await runChild(process.execPath, ['-e', 'process.exit(7)'], { cwd: '.' });
  expect(code).toBe(7);
});

it('returns 128 + the number of the signal that ended the child', async () => {
  const code = await runChild(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM")'], {
    cwd: '.',
  });
  expect(code).toBe(128 + 15);
});

it('ends a child that takes longer than its limit', async () => {
  const code = await runChild(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    cwd: '.',
    limitMs: 300,
  });
  expect(code).toBe(128 + 15);
});

it('rejects when the program cannot be started', async () => {
  await expect(runChild('no-such-program', [], { cwd: '.' })).rejects.toThrow('ENOENT');
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('hands %s on', async (signal) => {
  const child = `process.on('${signal}', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')`;
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { runChild } from ${module};
       process.exitCode = await runChild(process.execPath, ['-e', ${JSON.stringify(child)}], { cwd: '.' });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(parent.stdout, 'data');
  parent.kill(signal);
  expect(await once(parent, 'close')).toEqual([9, null]);
});

it.skipIf(process.platform === 'win32')('ends with the shell that npm put before us', async () => {
  const child = `process.on('SIGTERM', () => { console.log('ended'); process.exit(0); }); setInterval(() => {}, 1000); console.log('up')`;
  const launcher = `import { runChild } from ${module}; await runChild(process.execPath, ['-e', ${JSON.stringify(child)}], { cwd: '.' });`;
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$LAUNCHER"; true'], {
    env: {
      ...process.env,
      npm_lifecycle_event: 'start',
      NODE: process.execPath,
      LAUNCHER: launcher,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  const [text] = await once(shell.stdout, 'data');
  expect(String(text)).toBe('ended\n');
});
