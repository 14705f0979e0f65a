import { join } from 'node:path';
import { type ChildOptions, runChild } from '../launch/child.mjs';
import { ROOT } from '../launch/places.mjs';
import { freePort } from './free-port.ts';
import { pageAddress } from './page-address.ts';

/**
 * Serves the page from its sources, with hot reload of page and worker, beside an orchestrator that starts
 * again when its sources change. PORT is the page's port. When one of the two ends, both do.
 */
const pagePort = process.env.PORT ?? '5173';
const page = `http://127.0.0.1:${pagePort}`;
const serverPort = await freePort();
const ending = new AbortController();

const codes = await Promise.all([
  run(['--watch', '--watch-preserve-output', 'orchestrator/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(serverPort) },
    watched: 'stdout',
    onText: (text) => {
      const address = pageAddress(text, page);
      if (address !== null) console.log(`\n  Open ${address}\n`);
    },
  }),
  run(
    [
      join(ROOT, 'node_modules/vite/bin/vite.js'),
      '--config=vite.dev.config.ts',
      `--port=${pagePort}`,
    ],
    {
      cwd: join(ROOT, 'ui'),
      env: { ...process.env, ORCHESTRATOR: `http://127.0.0.1:${serverPort}` },
    },
  ),
]);
process.exitCode = Math.max(...codes);

async function run(args: string[], options: ChildOptions): Promise<number> {
  try {
    return await runChild(process.execPath, args, { ...options, signal: ending.signal });
  } catch (error) {
    if (ending.signal.aborted) return 0;
    throw error;
  } finally {
    ending.abort();
  }
}
