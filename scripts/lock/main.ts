import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../launch/places.mjs';
import { type LockedPackages, missingOptionals } from './lock-file.ts';
import { platformPackage } from './platform-package.ts';

/** Adds the optional packages of other platforms that npm left out of the lock file. Run after `npm install`. */
const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: LockedPackages };
const added = missingOptionals(lock.packages).flatMap((missing) => {
  const entry = platformPackage(missing);
  if (entry === null) console.error(`${missing.name} names no platform: left out.`);
  return entry === null ? [] : [[`node_modules/${missing.name}`, entry] as const];
});
const entries = [...Object.entries(lock.packages), ...added].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  path,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`,
);
console.log(`${added.length} packages added to package-lock.json.`);
