import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that are made, never written by us (those of .gitignore), and git's own. */
const MADE = new Set([
  'node_modules',
  'dist',
  '.cache',
  '.git',
  'test-results',
  'playwright-report',
  'coverage',
]);

/**
 * The project's own files below a folder, sorted, as paths from the root with `/` between their parts.
 *
 * @param folder from the root; '' for all
 */
export function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return MADE.has(entry.name) ? [] : filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    })
    .sort();
}
