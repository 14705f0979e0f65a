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
interface Worked {
  readonly cpuMs: number;
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
    name: 'M/M/1 by the kernel and a station, speed beside simjs',
    unit: 'x',
    goal: { kind: 'at-least', value: 5 },
    read: () => speedBesideSimjs('simulation/bench/mm1.ts'),
  },
  {
    name: 'M/M/1 by the whole simulator, speed beside simjs',
    unit: 'x',
    goal: { kind: 'at-least', value: 5 },
    read: () => speedBesideSimjs('simulation/bench/mm1-simulator.ts'),
  },
  {
    name: 'Stage 1 played again, processor time',
    unit: 's',
    goal: { kind: 'at-most', value: 0.5 },
    read: secondsOfStage,
  },
];

/** By processor time, by turns and the best of each, so that what else the machine does counts little. */
async function speedBesideSimjs(script: string): Promise<number> {
  await requirePeer('simjs');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push((await program<Worked>(script, MM1)).cpuMs);
    theirs.push((await program<Worked>('bench/peers/simjs/mm1.mjs', MM1)).cpuMs);
  }
  return Math.min(...theirs) / Math.min(...ours);
}

async function secondsOfStage(): Promise<number> {
  const runs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.push((await program<Worked>('simulation/bench/stage-rerun.ts')).cpuMs);
  }
  return Math.min(...runs) / 1000;
}
