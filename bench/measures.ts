import { requirePeer } from './peers.ts';
import { program } from './program.ts';

/** What a figure should come to; none for one that is only watched. */
export type Goal =
  | { readonly kind: 'at-most' | 'at-least'; readonly value: number }
  | { readonly kind: 'none' };

/** A figure that we hold ourselves to: a size or a ratio where a duration would tell of the machine. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly goal: Goal;
  /** Throws `Absent` where the machine lacks something. */
  read(): Promise<number>;
}

interface PageSize {
  readonly firstScripts: number;
  readonly playingScripts: number;
  readonly playingStyles: number;
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
    name: 'first load with its worker, JavaScript, gzip',
    unit: 'KiB',
    goal: { kind: 'at-most', value: 160 },
    read: async () => (await page()).firstScripts / KIB,
  },
  {
    name: 'all that playing loads, JavaScript, gzip',
    unit: 'KiB',
    goal: { kind: 'none' },
    read: async () => (await page()).playingScripts / KIB,
  },
  {
    name: 'all that playing loads, CSS, gzip',
    unit: 'KiB',
    goal: { kind: 'at-most', value: 30 },
    read: async () => (await page()).playingStyles / KIB,
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
