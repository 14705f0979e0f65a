import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceConfiguration } from '@project-devops/simulation/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleConfiguration } from './testing/sample-configuration.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const STARTED = { timeout: 20_000, interval: 50 };
let folder: string;
let httpPort: number;
let metricsPort: number;
let child: ChildProcess | null = null;

beforeEach(async () => {
  [httpPort, metricsPort] = [await freePort(), await freePort()];
  folder = mkdtempSync(join(tmpdir(), 'service-process-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

const alone = (changes: Partial<ServiceConfiguration> = {}): string =>
  JSON.stringify(sampleConfiguration({ writes: null, reads: [], caches: [], ...changes }));

function start(role: string, configuration: string): { process: ChildProcess; said: () => string } {
  const environment = { CONFIGURATION: configuration, SCRATCH_FOLDER: folder };
  const ports = { HTTP_PORT: String(httpPort), METRICS_PORT: String(metricsPort) };
  const started = spawn(process.execPath, [MAIN, role], { env: { ...environment, ...ports } });
  let text = '';
  started.stderr.on('data', (bytes) => {
    text += bytes;
  });
  child = started;
  return { process: started, said: () => text };
}

const get = (path: string, port = httpPort) => fetch(`http://127.0.0.1:${port}${path}`);

async function healthy(): Promise<void> {
  await vi.waitFor(async () => expect((await get('/healthz')).status).toBe(200), STARTED);
}

async function configure(text: string): Promise<string> {
  const verdict = join(folder, 'verdict');
  rmSync(verdict, { force: true });
  writeFileSync(join(folder, 'configuration.json'), text);
  process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGHUP');
  await vi.waitFor(() => expect(existsSync(verdict)).toBe(true), STARTED);
  return readFileSync(verdict, 'utf8');
}

it.each([
  ['service', '{"node":1}', /^sandbox service: the configuration is not valid: .*\/node/],
  ['exporter', 'nonsense', /^sandbox exporter: the configuration is not JSON/],
  ['toString', '{}', /first argument should be service or exporter, not 'toString'/],
])('%s ends with one line about what is wrong', async (role, configuration, words) => {
  const { process, said } = start(role, configuration);
  const [code] = await once(process, 'close');
  expect(code).toBe(64);
  expect(said()).toMatch(words);
  expect(said().trim().split('\n')).toHaveLength(1);
});

it('the service takes new configurations under load without a failed request, and ends with what it holds served', async () => {
  const { process } = start('service', alone());
  await healthy();
  const statuses: number[] = [];
  let loading = true;
  const client = async (): Promise<void> => {
    while (loading) statuses.push((await get('/r/home')).status);
  };
  const clients = [client(), client(), client()];
  for (let turn = 0; turn < 5; turn++) {
    expect(await configure(alone({ workers: 1 + (turn % 3), seed: turn }))).toBe('ok');
    expect(await configure(alone({ workers: 0 }))).toContain('/workers');
  }
  loading = false;
  await Promise.all(clients);
  expect(statuses.length).toBeGreaterThan(20);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const metrics = await (await get('/metrics', metricsPort)).text();
  expect(metrics).toContain(`devops_requests_received_total ${statuses.length}\n`);
  expect(metrics).toContain('process_resident_memory_bytes');

  expect(await configure(alone({ roundsPerMs: 2e5 }))).toBe('ok');
  const last = get('/r/home');
  await vi.waitFor(async () => {
    const text = await (await get('/metrics', metricsPort)).text();
    expect(text).toContain('devops_requests_in_flight 1\n');
  });
  process.kill('SIGTERM');
  expect((await last).status).toBe(200);
  expect((await once(process, 'close'))[0]).toBe(0);
});

it('the exporter says of a store that is away that it is down', async () => {
  const store = { node: 'cache', host: '127.0.0.1', kind: 'cache' };
  const { process } = start('exporter', JSON.stringify({ stores: [store] }));
  await vi.waitFor(async () => {
    const text = await (await get('/metrics', metricsPort)).text();
    expect(text).toContain('devops_store_up{node="cache"} 0');
  }, STARTED);
  expect(await configure('{"stores":[]}')).toBe('ok');
  expect(await (await get('/metrics', metricsPort)).text()).not.toContain('store_up{');
  process.kill('SIGTERM');
  expect((await once(process, 'close'))[0]).toBe(0);
});
