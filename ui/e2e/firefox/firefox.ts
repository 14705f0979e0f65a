import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything but this machine goes to a port where nobody listens: the browser's own services stay quiet. */
const PREFERENCES = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
} as const;

/**
 * Runs a script in a headless Firefox (the one that `FIREFOX` names) and answers with an expression's value,
 * as JSON carries it. Playwright drives no Firefox but its own, so the page itself sends the value back.
 * Rejects with the page's error, or when nothing came within `limitMs`; the browser is ended in any case.
 */
export async function openFirefox<T>(
  script: string,
  expression: string,
  limitMs: number,
): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'project-devops-firefox-'));
  const page = servePage(script, expression);
  let browser: ChildProcess | null = null;
  try {
    await writeFile(join(profile, 'user.js'), preferencesText());
    const address = await page.listen();
    const args = ['--headless', '--no-remote', '--profile', profile, address];
    browser = spawn(process.env.FIREFOX ?? 'firefox', args, { stdio: 'ignore' });
    return (await Promise.race([page.answer, ended(browser), late(limitMs)])) as T;
  } finally {
    await end(browser);
    page.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function preferencesText(): string {
  return Object.entries(PREFERENCES)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

/** A page that evaluates the expression once and posts `{ value }` or `{ error }` to where it came from. */
function servePage(script: string, expression: string) {
  const { promise: answer, resolve, reject } = Promise.withResolvers<unknown>();
  const text = `<!doctype html><meta charset="utf-8"><script src="/script.js"></script><script>
    let told;
    try { told = { value: ${expression} }; } catch (error) { told = { error: String(error) }; }
    fetch('/answer', { method: 'POST', body: JSON.stringify(told) });
  </script>`;
  const server = createServer(async (request, response) => {
    if (request.url === '/answer') {
      const told = JSON.parse(await bodyOf(request)) as { value?: unknown; error?: string };
      response.end();
      if (told.error === undefined) resolve(told.value);
      else reject(new Error(`In Firefox: ${told.error}`));
      return;
    }
    const isScript = request.url === '/script.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : text);
  });
  return {
    answer,
    async listen() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

async function ended(browser: ChildProcess): Promise<never> {
  const [exitCode] = await once(browser, 'exit');
  throw new Error(`Firefox ended with code ${exitCode} before the page had answered.`);
}

function late(limitMs: number): Promise<never> {
  return new Promise((_, reject) => {
    const message = `Firefox told nothing within ${limitMs / 1_000} s.`;
    setTimeout(() => reject(new Error(message)), limitMs).unref();
  });
}

async function end(browser: ChildProcess | null): Promise<void> {
  if (browser === null || browser.exitCode !== null || browser.signalCode !== null) return;
  const exit = once(browser, 'exit');
  browser.kill();
  await exit;
}
