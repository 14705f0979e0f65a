import { requirePeer } from './peers.ts';
import { program } from './program.ts';

/** A figure that we hold ourselves to: a size or a ratio where a duration would tell of the machine. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly goal: { readonly kind: 'at-most' | 'at-least'; readonly value: number };
  /** Throws `Absent` where the machine lacks something. */
  read(): Promise<number>;
}

interface PageSize {
  readonly scripts: number;
  readonly styles: number;
}
interface Timed {
  readonly elapsedMs: number;
}

const KIB = 1024;
const ROUNDS = 3;
const MM1 = ['500000', '0.8', '1'];
const page = () => program<PageSize>('ui/bench/page-size.ts');

export const MEASURES: readonly Measure[] = [
  {
    name: 'first load, JavaScript, gzip',
    unit: 'KiB',
    goal: { kind: 'at-most', value: 160 },
    read: async () => (await page()).scripts / KIB,
  },
  {
    name: 'first load, CSS, gzip',
    unit: 'KiB',
    goal: { kind: 'at-most', value: 30 },
    read: async () => (await page()).styles / KIB,
  },
  {
    name: 'map, 300 nodes, 500 links, 5,000 packets',
    unit: 'frames/s',
    goal: { kind: 'at-least', value: 50 },
    read: async () =>
      (await program<{ framesPerSecond: number }>('ui/bench/board.ts')).framesPerSecond,
  },
  {
    name: 'M/M/1, speed beside simjs',
    unit: 'x',
    goal: { kind: 'at-least', value: 5 },
    read: speedBesideSimjs,
  },
  {
    name: 'Stage 1 played again without a screen',
    unit: 's',
    goal: { kind: 'at-most', value: 0.5 },
    read: async () => (await fastest(['simulation/bench/stage-rerun.ts'])) / 1000,
  },
];

/** The best run of each, so that what else the machine does counts little. */
async function speedBesideSimjs(): Promise<number> {
  await requirePeer('simjs');
  const ours = await fastest(['simulation/bench/mm1.ts', ...MM1]);
  const theirs = await fastest(['bench/peers/simjs/mm1.mjs', ...MM1]);
  return theirs / ours;
}

async function fastest([script = '', ...args]: readonly string[]): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    best = Math.min(best, (await program<Timed>(script, args)).elapsedMs);
  }
  return best;
}
