import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { type App, type AppPorts, buildApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { createSessions } from '../plugins/sessions.ts';
import { openDatabase } from '../runs/sqlite-database.ts';
import { createSqliteRunStore } from '../runs/sqlite-run-store.ts';
import { createFakeRealMode } from './fake-real-mode.ts';
import { TEST_RULESET, testOutcome, testScenario } from './fixtures.ts';

export const TEST_HOST = '127.0.0.1:4700';
const ORIGIN = `http://${TEST_HOST}`;

/** An application on a store in memory, with a verifier that believes every run unless told otherwise. */
export interface TestApp extends App, AsyncDisposable {
  readonly config: Config;
  /** The token that is good for one exchange now. */
  token(): string;
  /** Sends a request to the right host. */
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Opens a session: the Cookie header of a browser that opened the printed address. */
  openSession(): Promise<string>;
  /** Sends a change as the page would: with session, origin and a JSON body. */
  change(
    method: 'POST' | 'DELETE',
    url: string,
    payload?: InjectOptions['payload'],
  ): Promise<LightMyRequestResponse>;
}

export interface TestAppOptions {
  readonly ports?: Partial<AppPorts>;
  readonly environment?: Record<string, string>;
}

export async function createTestApp({ ports, environment }: TestAppOptions = {}): Promise<TestApp> {
  const uiDirectory = mkdtempSync(join(tmpdir(), 'devops-ui-'));
  const reading = readConfig({ UI_DIR: uiDirectory, LOG_LEVEL: 'silent', ...environment });
  if (!reading.ok) throw new Error(reading.faults.join('\n'));
  let token = '';
  const sessions = createSessions({
    onToken: (fresh) => {
      token = fresh;
    },
  });
  const app = await buildApp(reading.config, { ...defaultPorts(), sessions, ...ports });

  const get: TestApp['get'] = (url, headers) =>
    app.server.inject({ url, headers: { host: TEST_HOST, ...headers } });
  async function openSession(): Promise<string> {
    const { cookies } = await get(`/?token=${token}`);
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
  return {
    ...app,
    config: reading.config,
    token: () => token,
    get,
    openSession,
    async change(method, url, payload) {
      const headers = { host: TEST_HOST, origin: ORIGIN, cookie: await openSession() };
      return app.server.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    },
    async [Symbol.asyncDispose]() {
      await app.server.close();
      rmSync(uiDirectory, { recursive: true });
    },
  };
}

function defaultPorts(): Omit<AppPorts, 'sessions'> {
  const now = () => Date.parse('2030-01-02T03:04:05Z');
  const database = openDatabase(':memory:', { now, onNotice: () => {} });
  return {
    store: createSqliteRunStore(database, { maxRuns: 100, maxBytes: 10_000_000 }),
    verifier: {
      verify: async () => ({ state: 'verified', outcome: testOutcome() }),
      close: async () => {},
    },
    scenarios: [testScenario()],
    ruleset: TEST_RULESET,
    now,
    realMode: createFakeRealMode(systemClock),
  };
}
