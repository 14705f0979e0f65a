import { afterInstalling, runScript } from './launch/launch.mjs';

await afterInstalling(() => runScript('scripts/testing/main.ts', process.argv.slice(2)));
