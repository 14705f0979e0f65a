import { expect, it } from 'vitest';
import { select } from './selection.ts';
import { STEPS, type Step } from './steps.ts';

const step = (name: string, after: string[] = []): Step => ({
  name,
  script: '',
  args: [],
  counting: { kind: 'check' },
  limitMinutes: 1,
  after,
});
const steps = [step('lint'), step('build'), step('pack', ['build']), step('e2e', ['pack'])];

function names(...wanted: string[]) {
  const selection = select(steps, wanted);
  return selection.ok ? selection.steps.map(({ name }) => name) : selection.unknown;
}

it('takes all steps when none is named', () => {
  expect(names()).toEqual(['lint', 'build', 'pack', 'e2e']);
});

it('takes the named steps in their order, with what must run before them', () => {
  expect(names('e2e')).toEqual(['build', 'pack', 'e2e']);
  expect(names('pack', 'lint')).toEqual(['lint', 'build', 'pack']);
});

it('names what it does not know', () => {
  expect(names('lint', 'lnit')).toEqual(['lnit']);
});

it('has steps whose names differ and whose predecessors come earlier', () => {
  const order = STEPS.map(({ name }) => name);
  expect(new Set(order).size).toBe(order.length);
  for (const { name, after = [] } of STEPS) {
    for (const earlier of after) {
      expect(order.slice(0, order.indexOf(name))).toContain(earlier);
    }
  }
});
