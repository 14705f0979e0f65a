import { openBrowser } from './launch/browser.mjs';
import { afterInstalling, runScript } from './launch/launch.mjs';

await afterInstalling(async () => {
  const built = await runScript('scripts/build/main.ts', ['--if-stale']);
  return built === 0 ? serve() : built;
});

function serve() {
  let opened = false;
  return runScript('orchestrator/src/main.ts', [], {
    watched: 'stdout',
    onText: (text) => {
      const address = /https?:\/\/\S+/.exec(text)?.[0];
      if (opened || address === undefined) return;
      opened = true;
      openBrowser(address);
    },
  });
}
