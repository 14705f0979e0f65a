import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { single } from './labs.ts';

const WINDOW_MS = 1_000;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once nothing is left to collect. */
function inUse(): number {
  for (let i = 0; i < 3; i += 1) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Arguments: requests before the first look and before the second. Prints JSON for the bench. */
const [first = 0, second = 0] = process.argv.slice(2).map(Number);
const lab = single(1);
lab.offer(0.8);
let served = 0;
const runTo = (customers: number) => {
  while (served < customers) served += lab.run(WINDOW_MS)('*').served;
  return inUse();
};
const before = runTo(first);
const after = runTo(second);
console.log(JSON.stringify({ before, after, growth: after / before - 1 }));
