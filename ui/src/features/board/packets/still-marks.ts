import type { LinkFlow } from './emitter.ts';
import { spriteOf } from './sprites.ts';

/** The sprites of `marks` marks in which each operation, and failure, has its share, well mixed. */
export function stillMarks(flow: LinkFlow, marks: number): number[] {
  const total = flow.rates.reduce((sum, rate) => sum + rate, 0);
  if (total === 0) return [];
  const due = flow.rates.map(() => 0);
  let failDue = 0.5;
  return Array.from({ length: marks }, () => {
    let next = 0;
    flow.rates.forEach((rate, operation) => {
      due[operation] = (due[operation] ?? 0) + rate / total;
      if ((due[operation] ?? 0) > (due[next] ?? 0)) next = operation;
    });
    due[next] = (due[next] ?? 0) - 1;
    failDue += flow.failedShare;
    const failed = failDue >= 1;
    if (failed) failDue -= 1;
    return spriteOf(next, failed);
  });
}
