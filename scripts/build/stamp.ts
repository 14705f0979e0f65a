import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Remembers what the built UI was made of. */
export interface BuildStamp {
  /** Whether the UI is there and was built from sources with this fingerprint. */
  matches(fingerprint: string): boolean;
  set(fingerprint: string): void;
  clear(): void;
}

/** The stamp of the page that was built last below that root. */
export function createBuildStamp(root: string): BuildStamp {
  const file = join(root, 'node_modules/.cache/ui-build');
  const built = join(root, 'ui/dist/index.html');
  return {
    matches: (fingerprint) =>
      existsSync(built) && existsSync(file) && readFileSync(file, 'utf8') === fingerprint,
    set(fingerprint) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, fingerprint);
    },
    clear: () => rmSync(file, { force: true }),
  };
}
