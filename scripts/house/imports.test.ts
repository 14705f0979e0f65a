import { describe, expect, it } from 'vitest';
import { forbiddenImports } from './imports.ts';

function messages(path: string, text: string): string[] {
  return forbiddenImports({ path, text }).map(({ line, message }) => `${line}: ${message}`);
}

describe('forbiddenImports', () => {
  it.each([
    ['simulation/src/kernel/clock.ts', `import { x } from './random.ts';`],
    ['simulation/src/primitives/pool.ts', `import type { Id } from '../protocol/ids.ts';`],
    ['simulation/src/components/cache.ts', `import { lru } from '../policies/eviction.ts';`],
    ['simulation/src/protocol/ids.ts', `import Type from 'typebox';`],
    ['simulation/src/kernel/clock.test.ts', `import { it } from 'vitest';`],
    ['orchestrator/src/app.ts', `import { replay } from '@project-devops/simulation';`],
    ['ui/src/worker/w.ts', `import { createEngine } from '@project-devops/simulation';`],
    ['ui/src/features/log/A.vue', `<script>import B from './B.vue';</script>`],
    ['ui/src/App.vue', `<script>import B from './features/log/B.vue';</script>`],
    ['ui/src/features/log/a.ts', `import { useRun } from '../../session/use-run.ts';`],
    [
      'ui/src/features/log/a.ts',
      `import { useBoardTools } from '../../building/use-board-tools.ts';`,
    ],
  ])('allows %s to say %s', (path, text) => {
    expect(messages(path, text)).toEqual([]);
  });

  it.each([
    ['simulation/src/kernel/a.ts', `import type { Id } from '../protocol/ids.ts';`, /protocol/],
    ['simulation/src/kernel/a.ts', `import { hash } from 'node:crypto';`, /node:crypto/],
    ['simulation/src/primitives/a.ts', `export * from '../rules/users.ts';`, /rules/],
    ['simulation/src/rules/a.ts', `import { x } from '../engine.ts';`, /engine/],
    ['simulation/src/rules/a.ts', `type E = import('../engine.ts').Engine;`, /engine/],
    ['simulation/src/scenarios/a.ts', `const x = await import('../kernel/clock.ts');`, /kernel/],
    ['simulation/src/engine.ts', `import Type from 'typebox';`, /typebox/],
    ['orchestrator/src/a.ts', `import '../../simulation/src/engine.ts';`, /package name/],
    ['orchestrator/src/a.ts', `import '@project-devops/simulation/src/engine.ts';`, /no public/],
    ['orchestrator/src/a.ts', `import '@project-devops/ui';`, /no public/],
    ['orchestrator/src/a.ts', `const name = 'x'; await import(name);`, /computed/],
    ['ui/src/session/a.ts', `import { replay } from '@project-devops/simulation';`, /session/],
    ['ui/src/features/log/a.ts', `import '../board/view.ts';`, /may not import ui\/features/],
    [
      'ui/src/features/log/a.ts',
      `new Worker(new URL('../../worker/w.ts', import.meta.url));`,
      /worker/,
    ],
    ['ui/src/components/a.ts', `import { useRun } from '../session/use-run.ts';`, /session/],
    ['somewhere/a.ts', '', /no room/],
  ])('refuses %s to say %s', (path, text, expected) => {
    expect(messages(path, text)).toEqual([expect.stringMatching(expected)]);
  });

  it('finds the imports of a component at their lines', () => {
    const text = `<template><p>import '../a'</p></template>\n<script setup lang="ts">\nimport { x } from '@project-devops/simulation';\n</script>`;
    expect(messages('ui/src/features/log/A.vue', text)).toEqual([
      '3: ui/features may not import @project-devops/simulation',
    ]);
  });
});
