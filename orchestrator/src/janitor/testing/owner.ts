import { systemClock } from '../../clock.ts';
import { createDockerRuntime } from '../../runtimes/docker.ts';
import { createHeartbeat } from '../heartbeat.ts';
import { startJanitor } from '../janitor.ts';
import { populate } from './populate.ts';

/** An owner of a session with containers, as small as can be, for tests that kill it: prints its janitor's id when all runs. */
const [session = '', folder = '', containers = '1'] = process.argv.slice(2);
const options = { folder, session, address: 'a test', clock: systemClock };
const heartbeat = await createHeartbeat(options);
const janitor = await startJanitor(session, heartbeat.path, systemClock);
await populate(createDockerRuntime(), session, heartbeat.path, Number(containers), {
  image: 'debian:trixie-slim',
  arguments: ['sleep', '300'],
});
process.stdout.write(`${janitor.pid}\n`);
