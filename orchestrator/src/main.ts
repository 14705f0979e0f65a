import { join } from 'node:path';
import { RULESET, SCENARIOS } from '@project-devops/simulation';
import { createAnnouncer } from './announcer.ts';
import { buildApp } from './app.ts';
import { systemClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { ListenError, listen } from './listening.ts';
import { createSessions } from './plugins/sessions.ts';
import { createGround } from './real/ground.ts';
import { createRealMode } from './real/real-mode.ts';
import { openDatabase, StoreError } from './runs/sqlite-database.ts';
import { createSqliteRunStore } from './runs/sqlite-run-store.ts';
import { createWorkerVerifier } from './runs/worker-verifier.ts';
import { RuntimeError } from './runtimes/container-runtime.ts';
import { createDockerRuntime } from './runtimes/docker.ts';
import { createDockerImageStore } from './runtimes/docker-images.ts';
import { closeOnSignals } from './shutdown.ts';

const STORE_LIMITS = { maxRuns: 10_000, maxBytes: 512 * 1024 * 1024 };
const VERIFIER_LIMITS = { budgetMs: 10_000, maxHeapMiB: 256, maxWaiting: 8 };

const now = () => Date.now();
const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function start(config: Config): Promise<void> {
  const announcer = createAnnouncer(say);
  const database = openDatabase(join(config.DATA_DIR, 'runs.sqlite'), { now, onNotice: complain });
  const runtime = createDockerRuntime();
  const ground = createGround({
    runtime,
    store: createDockerImageStore(),
    clock: systemClock,
    dataFolder: config.DATA_DIR,
    environment: process.env,
    address: () => `pid ${process.pid}`,
  });
  const { server } = await buildApp(config, {
    store: createSqliteRunStore(database, STORE_LIMITS),
    verifier: createWorkerVerifier(VERIFIER_LIMITS),
    scenarios: SCENARIOS,
    ruleset: RULESET,
    sessions: createSessions({ onToken: announcer.tokenIssued }),
    now,
    realMode: createRealMode(ground),
  });
  closeOnSignals(server);
  try {
    announcer.listening(await listen(server, config, complain));
    // Without an engine there is nothing that an earlier session could have left.
    await ground.sweep().catch(() => undefined);
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** One line for what the person can mend; anything else is a bug and keeps its trace. */
function fail(error: unknown): void {
  const expected = [ListenError, StoreError, RuntimeError].some((kind) => error instanceof kind);
  complain(expected ? (error as Error).message : String((error as Error).stack ?? error));
  process.exitCode = 1;
}

const reading = readConfig(process.env);
if (reading.ok) await start(reading.config).catch(fail);
else {
  for (const fault of reading.faults) complain(fault);
  process.exitCode = 1;
}
