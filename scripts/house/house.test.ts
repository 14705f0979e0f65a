import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../files.ts';
import { ROOT } from '../launch/places.mjs';
import { missingOptionals } from '../lock/lock-file.ts';
import { nondeterminism } from './determinism.ts';
import { forbiddenImports } from './imports.ts';
import { boundToOneMachine, resolvedHosts } from './portability.ts';
import { linesTooMany } from './size.ts';
import type { SourceFile, Violation } from './source.ts';

const CODE = /\.(ts|mts|mjs|js|vue)$/;
const TEXT =
  /\.(ts|mts|mjs|js|vue|json|ya?ml|md|html|css|sh|svg)$|\/run$|\/Dockerfile$|\/\.[a-z]+$/;

function read(path: string): SourceFile {
  return { path, text: readFileSync(join(ROOT, path), 'utf8') };
}

function lines(violations: readonly Violation[]): string[] {
  return violations.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

describe('the house', () => {
  const texts = filesBelow(ROOT, '')
    .filter((path) => TEXT.test(`/${path}`))
    .map(read);
  const code = texts.filter(({ path }) => CODE.test(path));

  it('has every workspace among the checked files', () => {
    for (const folder of ['simulation/src/', 'orchestrator/src/', 'ui/src/', 'scripts/']) {
      expect(code.some(({ path }) => path.startsWith(folder))).toBe(true);
    }
  });

  it('imports only along the lines of HOUSE.md', () => {
    expect(lines(code.flatMap(forbiddenImports))).toEqual([]);
  });

  it('computes the simulation without chance, clock or inexact mathematics', () => {
    const deterministic = code.filter(
      ({ path }) => path.startsWith('simulation/src/') && !path.endsWith('.test.ts'),
    );
    expect(lines(deterministic.flatMap(nondeterminism))).toEqual([]);
  });

  it('keeps files short', () => {
    const long = code.map((file) => ({ path: file.path, over: linesTooMany(file) }));
    expect(long.filter(({ over }) => over > 0)).toEqual([]);
  });

  it('names no package registry and no folder of one machine', () => {
    const written = texts.filter(({ path }) => !path.endsWith('package-lock.json'));
    expect(lines(written.flatMap(boundToOneMachine))).toEqual([]);
  });

  it('does not name the registry of the machine it is tested on', () => {
    const registry = process.env.npm_config_registry ?? npmRegistry();
    const { host } = new URL(registry);
    const naming = texts.filter(({ text }) => text.includes(host)).map(({ path }) => path);
    expect(naming).toEqual([]);
  });

  it('locks packages without their addresses', () => {
    expect(resolvedHosts(read('package-lock.json').text)).toEqual([]);
  });

  it('locks the packages of all platforms (else: npm run lock)', () => {
    const { packages } = JSON.parse(read('package-lock.json').text);
    expect(missingOptionals(packages).map(({ name }) => name)).toEqual([]);
  });
});

function npmRegistry(): string {
  return execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  }).trim();
}
