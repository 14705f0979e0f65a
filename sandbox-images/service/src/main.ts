/**
 * The sandbox service and the exporter, one program: `service` takes requests and works for them,
 * `exporter` watches databases and caches for Prometheus.
 */
import { readSurroundings, type Surroundings } from './surroundings.ts';

/** Bad configuration or arguments (sysexits: EX_USAGE). */
const USAGE = 64;
/**
 * Threads for native work. How many bursts run at once is the run queue's concern and may change live;
 * these are fixed when the first is needed, so there are more, and name look-ups never wait behind work.
 */
const POOL_THREADS = 8;

type Run = (surroundings: Surroundings) => Promise<{ ok: true } | { ok: false; reason: string }>;

const ROLES: Readonly<Record<string, () => Promise<Run>>> = {
  service: async () => (await import('./service-process.ts')).runService,
  exporter: async () => (await import('./exporter/exporter-process.ts')).runExporter,
};

process.env.UV_THREADPOOL_SIZE ??= String(POOL_THREADS);
const role = process.argv[2] ?? '';
const load = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
if (load === undefined) refuse(`the first argument should be service or exporter, not '${role}'`);
else {
  const run = await load();
  const started = await run(readSurroundings(process.env));
  if (!started.ok) refuse(started.reason);
}

function refuse(reason: string): void {
  console.error(`sandbox ${role || 'service'}: ${reason}`);
  process.exitCode = USAGE;
}
