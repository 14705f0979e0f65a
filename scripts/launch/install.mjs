import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceFor } from './advice.mjs';
import { runChild } from './child.mjs';
import { PINNED_NODE, ROOT } from './places.mjs';

/** A way of starting that cannot go on; its message says what happened and what to do. */
export class LaunchError extends Error {}

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} Package */

/**
 * Whether node_modules holds what the lock file asks for: npm writes its own list of what it installed as
 * its last act. Optional packages (other platforms' binaries) may be absent.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const installed = packages(join(root, 'node_modules/.package-lock.json'));
  if (installed === null) return false;
  return Object.entries(packages(join(root, 'package-lock.json')) ?? {})
    .filter(([path, { optional }]) => path.startsWith('node_modules/') && optional !== true)
    .every(([path, { version }]) => path in installed && installed[path]?.version === version);
}

/**
 * @param {string} file
 * @returns {Record<string, Package> | null}
 */
function packages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

/** Installs exactly the lock file's packages unless they are there already. */
export async function ensureInstalled() {
  if (!isInstalled(ROOT)) await install();
  if (!existsSync(PINNED_NODE)) {
    throw new LaunchError(
      `The packages are installed but ${PINNED_NODE} is missing: npm was told not to run install scripts. Run \`npm rebuild node\` with scripts allowed.`,
    );
  }
}

async function install() {
  console.log('Installing the packages (npm ci) …');
  let errors = '';
  const [command, args, shell] = npm();
  const code = await runChild(command, [...args, 'ci', '--no-progress', '--loglevel=error'], {
    cwd: ROOT,
    shell,
    watched: 'stderr',
    onText: (text) => {
      errors += text;
    },
  }).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    throw new LaunchError(`npm cannot be started (${error.message}). Install Node.js with npm.`);
  });
  if (code !== 0) {
    throw new LaunchError(`npm ci failed with exit code ${code}. ${adviceFor(errors)}`);
  }
}

/**
 * The npm that started us, else the one on the PATH.
 *
 * @returns {[string, string[], boolean]} command, first arguments, whether it needs a shell
 */
function npm() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) return [process.execPath, [running], false];
  return ['npm', [], process.platform === 'win32'];
}
