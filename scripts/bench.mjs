import { afterInstalling, runScript } from './launch/launch.mjs';

await afterInstalling(async () => {
  const built = await runScript('scripts/build/main.ts', ['--if-stale']);
  return built === 0 ? runScript('bench/main.ts', process.argv.slice(2)) : built;
});
