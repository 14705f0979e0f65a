import { describe, expect, it } from 'vitest';
import { nondeterminism } from './determinism.ts';

function violations(text: string) {
  return nondeterminism({ path: 'simulation/src/kernel/sample.ts', text });
}

describe('nondeterminism', () => {
  it.each([
    'Math.random()',
    'Math.log(2)',
    'Math.exp(2)',
    'Math.pow(2, 3)',
    'Math.sin(1)',
    'Math.hypot(1, 2)',
    'Math.cbrt(8)',
    "Math['random']()",
    'const { random } = Math;',
    'const m = Math;',
    'a ** b',
    'a **= b',
    'Date.now()',
    'new Date()',
    'performance.now()',
    'crypto.getRandomValues(a)',
    'setTimeout(f, 1)',
    'queueMicrotask(f)',
    'globalThis.Date',
    'process.hrtime()',
    'n.toLocaleString()',
    "n['toLocaleString']()",
    'a.localeCompare(b)',
    'new Intl.Collator()',
    'async () => {}',
    "new Function('return 1')",
  ])('catches %s', (code) => {
    expect(violations(`const before = 1;\n${code}`)[0]).toMatchObject({ line: 2 });
  });

  it.each([
    'Math.floor(1.5) + Math.sqrt(2) * Math.LN2 + Math.imul(2, 3)',
    'const dateLabel = 1; const updated = run.Date;',
    'interface Message { readonly process: string; window: number }',
    'const windows = { window: 3, self: 4 };',
    'a * b',
    "// Math.random() and Date.now() only in words\nconst text = 'Math.random()';",
  ])('accepts %s', (code) => {
    expect(violations(code)).toEqual([]);
  });
});
