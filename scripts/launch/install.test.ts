import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './install.mjs';

const LOCK = {
  '': { name: 'project' },
  ui: { version: '0.1.0' },
  'node_modules/@project/ui': { link: true },
  'node_modules/vue': { version: '3.5.0' },
  'node_modules/only-on-windows': { version: '1.0.0', optional: true },
};
const INSTALLED = {
  'node_modules/@project/ui': { link: true },
  'node_modules/vue': { version: '3.5.0' },
};

describe('isInstalled', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'installed-'));
    writeLock('package-lock.json', LOCK);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function writeLock(path: string, packages: object) {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify({ packages }));
  }

  it('is false before npm has finished once', () => {
    expect(isInstalled(root)).toBe(false);
  });

  it('is true with every package of the lock file, whether or not optional ones are there', () => {
    writeLock('node_modules/.package-lock.json', INSTALLED);
    expect(isInstalled(root)).toBe(true);
  });

  it('is false when a package is missing or has another version', () => {
    writeLock('node_modules/.package-lock.json', { ...INSTALLED, 'node_modules/vue': undefined });
    expect(isInstalled(root)).toBe(false);
    writeLock('node_modules/.package-lock.json', {
      ...INSTALLED,
      'node_modules/vue': { version: '3.4.0' },
    });
    expect(isInstalled(root)).toBe(false);
  });
});
