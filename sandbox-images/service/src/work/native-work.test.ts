import { expect, it } from 'vitest';
import { createNativeWork } from './native-work.ts';

const ROUNDS_PER_MS = 1_000;

async function cpuMsOf(ms: number): Promise<number> {
  const work = createNativeWork(() => ROUNDS_PER_MS);
  const before = process.cpuUsage();
  await new Promise<void>((done) => work(ms, done));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

it('costs CPU time in proportion to its amount, and leaves the event loop free meanwhile', async () => {
  await cpuMsOf(1);
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  const long = await cpuMsOf(400);
  clearInterval(ticking);
  const short = await cpuMsOf(40);
  expect(long / short).toBeGreaterThan(4);
  expect(turns).toBeGreaterThan(10);
});
