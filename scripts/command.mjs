import { join } from 'node:path';
import { afterInstalling, runScript } from './launch/launch.mjs';
import { ROOT } from './launch/places.mjs';

/** Runs one of the orchestrator's programs by name, with the rest of the command line. */
const [name = '', ...rest] = process.argv.slice(2);
const program = join(ROOT, `orchestrator/src/commands/${name}.ts`);
// npm starts scripts in the project's folder; files are named from where the person stands.
const cwd = process.env.INIT_CWD ?? process.cwd();

await afterInstalling(() => runScript(program, rest, { cwd }));
