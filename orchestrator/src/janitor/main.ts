import { systemClock } from '../clock.ts';
import { guard } from './guard.ts';

const [session, heartbeat] = process.argv.slice(2);
const log = (line: string) => process.stdout.write(`${new Date().toISOString()} ${line}\n`);

if (session === undefined || heartbeat === undefined) {
  log('Usage: main.ts SESSION HEARTBEAT_FILE');
  process.exitCode = 2;
} else {
  const openRuntime = async () => {
    // The client library takes 35 MB, needed only when there is something to remove.
    const { createDockerRuntime } = await import('../runtimes/docker.ts');
    return createDockerRuntime();
  };
  const end = await guard({
    session,
    heartbeat,
    clock: systemClock,
    pid: process.pid,
    openRuntime,
    log,
  });
  // An owner who is alive after all then starts another.
  if (end !== 'superseded') process.exitCode = 1;
}
