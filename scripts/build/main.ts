import { join } from 'node:path';
import { runChild } from '../launch/child.mjs';
import { ROOT } from '../launch/places.mjs';
import { fingerprint } from './fingerprint.ts';
import { createBuildStamp } from './stamp.ts';

/** Builds the UI into ui/dist. `--if-stale`: only when its sources are not those of the last build. */
const stamp = createBuildStamp(ROOT);
const sources = fingerprint(ROOT);
if (!process.argv.includes('--if-stale') || !stamp.matches(sources)) {
  stamp.clear();
  console.log('Building the page …');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const code = await runChild(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'ui'),
  });
  if (code === 0) stamp.set(sources);
  else console.error('The page could not be built: the lines above say why.');
  process.exitCode = code;
}
