import { PEER_NAMES, type PeerName } from './peers.ts';
import { bundledProgram, program } from './program.ts';
import { scenarioFile } from './scenario-file.ts';
import { type Effort, median, QUEUES, type Queue, speedBeside } from './side-by-side.ts';

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
  read(effort: Effort): Promise<number>;
}

interface PageSize {
  readonly firstScripts: number;
  readonly playingScripts: number;
  readonly playingStyles: number;
}
interface Counted {
  readonly cpuMs: number;
  readonly events?: number;
  readonly customers?: number;
}

interface Growth {
  readonly growth: number;
}

const KIB = 1024;
const page = () => program<PageSize>('ui/bench/page-size.ts');

const PEER_GOALS: Readonly<Record<PeerName, Goal>> = {
  ssj: { kind: 'at-least', value: 1 },
  simjs: { kind: 'at-least', value: 8 },
  simpy: { kind: 'at-least', value: 40 },
  ciw: { kind: 'none' },
};

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
  ...PEER_NAMES.flatMap((peer) => QUEUES.map((queue) => besidePeer(peer, queue))),
  {
    name: 'Stage 1 played again, processor time',
    unit: 's',
    goal: { kind: 'at-most', value: 0.5 },
    read: secondsOfStage,
  },
  {
    name: 'an event of Black Friday, a node of every kind, beside one of M/M/1',
    unit: 'x',
    goal: { kind: 'at-most', value: 1.5 },
    read: async (effort) => {
      const of = [await scenarioFile('black-friday')];
      return ratioOf(effort, 'simulation/bench/events.ts', { of, to: ['mm1'] }, 2_000_000);
    },
  },
  ...[10, 100, 300].map((count) => costOf('nodes', count, 1)),
  ...[1_000, 10_000, 100_000].map((count) => costOf('in-flight', count, 10)),
  {
    name: 'memory after 10 M requests beside 1 M: growth',
    unit: '%',
    goal: { kind: 'at-most', value: 2 },
    read: async ({ share }) => {
      const counts = [1e6 * share, 1e7 * share].map(String);
      return (await bundledProgram<Growth>('simulation/bench/memory.ts', counts)).growth * 100;
    },
  },
];

/** Our whole simulator's speed on a queue, with measurements, routing, causes and hashing. */
function besidePeer(peer: PeerName, queue: Queue): Measure {
  return {
    name: `${queue.title}: speed beside ${peer}`,
    unit: 'x',
    goal: PEER_GOALS[peer],
    read: (effort) => speedBeside(peer, queue, effort),
  };
}

/** A request's cost among so many nodes, or with so many in flight, beside few; no more than a heap's logarithm. */
function costOf(what: 'nodes' | 'in-flight', count: number, few: number): Measure {
  return {
    name: `a request at ${count.toLocaleString('en')} ${what} beside ${few}`,
    unit: 'x',
    goal: { kind: 'at-most', value: Math.log2(count + 2) / Math.log2(few + 2) },
    read: (effort) =>
      ratioOf(
        effort,
        'simulation/bench/scale.ts',
        { of: [what, String(count)], to: [what, String(few)] },
        300_000,
      ),
  };
}

interface Compared {
  readonly of: readonly string[];
  readonly to: readonly string[];
}

/** The cost of one run of a script beside another's, by turns: the median. */
async function ratioOf(
  { rounds, share }: Effort,
  script: string,
  { of, to }: Compared,
  count: number,
): Promise<number> {
  const cost = async (args: readonly string[]) => {
    const run = await bundledProgram<Counted>(script, [...args, String(Math.ceil(count * share))]);
    return run.cpuMs / (run.events ?? run.customers ?? 1);
  };
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) ratios.push((await cost(of)) / (await cost(to)));
  return median(ratios);
}

async function secondsOfStage({ rounds }: Effort): Promise<number> {
  const runs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    runs.push((await program<Counted>('simulation/bench/stage-rerun.ts')).cpuMs);
  }
  return Math.min(...runs) / 1000;
}
