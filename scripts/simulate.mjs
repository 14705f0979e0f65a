import { join } from 'node:path';
import { afterInstalling, runScript } from './launch/launch.mjs';
import { ROOT } from './launch/places.mjs';

const program = join(ROOT, 'orchestrator/src/commands/simulate.ts');
// npm starts scripts in the project's folder; files are named from where the person stands.
const cwd = process.env.INIT_CWD ?? process.cwd();

await afterInstalling(() => runScript(program, process.argv.slice(2), { cwd }));
