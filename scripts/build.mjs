import { afterInstalling, runScript } from './launch/launch.mjs';

await afterInstalling(() => runScript('scripts/build/main.ts', process.argv.slice(2)));
