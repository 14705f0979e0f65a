import type { Labels } from './container-runtime.ts';

/** Whether something carries all the wanted labels with just these values. */
export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
