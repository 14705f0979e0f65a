import { describe, expect, it } from 'vitest';
import { missingOptionals } from './lock-file.ts';
import { platformPackage } from './platform-package.ts';

const biome = {
  version: '2.0.0',
  dev: true,
  optionalDependencies: { '@b/cli-linux-x64': '2.0.0', '@b/cli-darwin-arm64': '2.0.0' },
};

describe('missingOptionals', () => {
  it('names what a package wants and the lock file lacks', () => {
    const packages = { 'node_modules/b': biome, 'node_modules/@b/cli-linux-x64': {} };
    expect(missingOptionals(packages)).toEqual([
      { name: '@b/cli-darwin-arm64', version: '2.0.0', wantedBy: biome },
    ]);
  });

  it('accepts a package that lies within the one that wants it', () => {
    const packages = {
      'node_modules/b': { optionalDependencies: { inner: '1.0.0' } },
      'node_modules/b/node_modules/inner': {},
    };
    expect(missingOptionals(packages)).toEqual([]);
  });
});

describe('platformPackage', () => {
  const wantedBy = { dev: true };

  it.each([
    ['@b/cli-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@o/binding-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@o/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@o/binding-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ])('reads the platform from %s', (name, platform) => {
    expect(platformPackage({ name, version: '1.2.3', wantedBy })).toEqual({
      version: '1.2.3',
      dev: true,
      optional: true,
      ...platform,
    });
  });

  it('is null when the name says nothing', () => {
    expect(platformPackage({ name: 'fsevents', version: '1.0.0', wantedBy })).toBeNull();
  });
});
