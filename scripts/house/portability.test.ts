import { describe, expect, it } from 'vitest';
import { boundToOneMachine, resolvedHosts } from './portability.ts';

const scheme = 'https:/';

describe('boundToOneMachine', () => {
  it.each([
    `${scheme}/registry.example.org/vue`,
    `${scheme}/npm.pkg.nexus.example.com/x`,
    `cd ${['', 'root', 'project'].join('/')}`,
    `"${['', 'home', 'ada', 'x'].join('/')}"`,
    `http://${'10.1.2'}.3:4873/`,
  ])('catches %s', (line) => {
    expect(boundToOneMachine({ path: 'a.md', text: `first\n${line}` })).toMatchObject([
      { path: 'a.md', line: 2 },
    ]);
  });

  it.each(['./work/x', 'docs/root/a', '/usr/bin/chromium', '~/home/x', 'http://127.0.0.1:4700/'])(
    'accepts %s',
    (line) => {
      expect(boundToOneMachine({ path: 'a.md', text: line })).toEqual([]);
    },
  );
});

it('finds addresses of packages in a lock file', () => {
  const lock = {
    packages: {
      'node_modules/a': { resolved: `${scheme}/example.org/a.tgz` },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/ui': { resolved: 'ui', link: true },
    },
  };
  expect(resolvedHosts(JSON.stringify(lock))).toEqual(['node_modules/a']);
});
