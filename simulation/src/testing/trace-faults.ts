import type { Trace } from '../protocol/index.ts';

/** What is wrong with a trace: spans should lie one in another, siblings one after another, and own times add up. */
export function faultsOf({ spans }: Trace): string[] {
  const faults: string[] = [];
  const filledNs = spans.map(({ startNs }) => startNs);
  let ownNs = 0;
  spans.forEach(({ parent, kind, startNs, endNs, waitNs, serviceNs }, i) => {
    const outer = parent === null ? undefined : spans[parent];
    if ((i === 0) !== (parent === null && kind === 'request')) faults.push(`${i} is no request`);
    if (parent !== null && parent >= i) faults.push(`${i} comes before its parent`);
    if (startNs < (filledNs[parent ?? 0] as number)) faults.push(`${i} begins too early`);
    if (endNs < startNs || (outer && endNs > outer.endNs)) faults.push(`${i} ends wrong`);
    if (waitNs < 0 || serviceNs < 0) faults.push(`${i} has a negative time`);
    const whole = kind === 'visit' || kind === 'request';
    if (whole && waitNs > 0) faults.push(`${i} has time that no step of it tells`);
    if (kind !== 'step' && serviceNs > 0) faults.push(`${i} takes CPU outside a step`);
    if (parent !== null) filledNs[parent] = endNs;
    ownNs += waitNs + serviceNs;
  });
  const root = spans[0];
  if (root === undefined || ownNs !== root.endNs - root.startNs) {
    faults.push('own times are not the latency');
  }
  return faults;
}
