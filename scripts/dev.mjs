import { afterInstalling, runScript } from './launch/launch.mjs';

await afterInstalling(() => runScript('scripts/dev/main.ts', process.argv.slice(2)));
