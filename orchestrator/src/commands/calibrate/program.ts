import { parseArgs } from 'node:util';
import { SCENARIOS } from '@project-devops/simulation';
import type { Profile, Topology } from '@project-devops/simulation/protocol';
import { type Calibration, calibrate, type ProbeBench } from '../../calibration/calibrate.ts';
import { CalibrationError } from '../../calibration/demands.ts';
import { sandboxBench } from '../../calibration/sandbox-bench.ts';
import { hardwareOf } from '../../comparison/provenance.ts';
import { textReport } from '../../doctor/text-report.ts';
import { problemOf } from '../../real/problem.ts';
import type { ImageTags } from '../../sandbox/desired.ts';
import { printable, type Terminal } from '../messages.ts';
import { LoadWatch } from '../real/load-watch.ts';
import type { ProgramGround } from '../real/on-ground.ts';
import { imageLine, StatusLine } from '../real/status-line.ts';
import { calibrationText } from './report.ts';

/** What the program may touch. */
export interface Surroundings {
  print(text: string): void;
  readonly terminal: Terminal;
  readonly ground: ProgramGround;
  /** Aborted when the person asks for the end. */
  readonly signal: AbortSignal;
  /** The machine's name, by which its profile is found again. */
  readonly hostName: string;
  measureRoundsPerMs(): number;
  /** Answers with where the profile is kept. */
  save(profile: Profile): Promise<string>;
}

/** Exit codes: the profile is saved; it is not; the command line is wrong. */
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

const USAGE = `Usage: npm run calibrate [-- options]

Runs small topologies under light load for about four minutes, measures what each piece of work
takes on this machine, and saves it as the profile that predictions use from then on.
Best while the machine does nothing else.

  --name NAME   name of the profile (the machine's)
  --json        print the profile as JSON
  --help        print this text
`;

interface Order {
  readonly name: string;
  readonly json: boolean;
}

/** Runs the program with its command line; the answer is its exit code. Nothing runs any more when it ends. */
export async function calibrateMachine(
  args: readonly string[],
  around: Surroundings,
): Promise<number> {
  const order = readOrder(args, around.hostName);
  if (order === 'help') {
    around.print(USAGE);
    return DONE;
  }
  if (order === 'misused') {
    around.terminal.write(USAGE);
    return MISUSED;
  }
  const doctor = await around.ground.examine();
  if (!doctor.ready) {
    around.terminal.write(textReport(doctor));
    return FAILED;
  }
  return carryOut(order, around);
}

function readOrder(args: readonly string[], hostName: string): Order | 'help' | 'misused' {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        name: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return 'help';
    const name = printable((values.name ?? hostName).slice(0, 80));
    return name === '' ? 'misused' : { name, json: values.json === true };
  } catch {
    return 'misused';
  }
}

async function carryOut(order: Order, around: Surroundings): Promise<number> {
  const { ground, terminal } = around;
  const status = new StatusLine(terminal, () => ground.clock.now());
  try {
    const found = await run(order, around, status);
    const path = await around.save(found.profile);
    status.end();
    around.print(
      order.json
        ? `${JSON.stringify(found.profile, null, 2)}\n`
        : `${calibrationText(found, ground.cloud)}\nSaved as ${path}.\n`,
    );
    return DONE;
  } catch (error) {
    status.end();
    terminal.write(`${reasonOf(error, around.signal)}\n`);
    return FAILED;
  }
}

function reasonOf(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'Ended as asked; all containers are removed and no profile was saved.';
  if (error instanceof CalibrationError) return error.message;
  const { message, node, remedy, lastLines } = problemOf(error);
  const lines = [node === null ? message : `${node}: ${message}`, remedy ?? [], lastLines];
  return lines.flat(2).map(printable).join('\n');
}

async function run(
  { name }: Order,
  around: Surroundings,
  status: StatusLine,
): Promise<Calibration> {
  const { ground, signal } = around;
  status.begin('Making the images that are missing …');
  const images = await ground.ensureImages((all) => status.show(imageLine(all)), signal);
  signal.throwIfAborted();
  const hardware = hardwareOf();
  const { cloud, clock } = ground;
  return calibrate(
    {
      openBench: (topology, profile) => openBench(topology, profile, { around, images }),
      measureRoundsPerMs: () => around.measureRoundsPerMs(),
      onStep: ({ doing, doneRatio }) => status.show(`${Math.floor(doneRatio * 100)} % · ${doing}`),
    },
    {
      stage: firstStage(),
      cloud,
      machine: {
        name,
        measuredOn: new Date(clock.now()).toISOString(),
        hardware,
        versions: images,
        hostCores: hardware.cores,
      },
    },
  );
}

async function openBench(
  topology: Topology,
  profile: Profile,
  { around, images }: { readonly around: Surroundings; readonly images: ImageTags },
): Promise<ProbeBench> {
  const { ground, signal } = around;
  const watch = new LoadWatch(signal);
  const stage = firstStage();
  const request = { scenario: { ...stage, topology }, seed: 1, profile, scale: 1, images };
  const news = {
    containers: () => undefined,
    troubles: () => undefined,
    loadEnded: watch.loadEnded.bind(watch),
  };
  const sandbox = await ground.openSandbox(request, news, signal);
  return sandboxBench({
    sandbox,
    stage,
    topology,
    profile,
    clock: ground.clock,
    signal: watch.signal,
    check: watch.check.bind(watch),
  });
}

/** The stage whose classes are probed. */
function firstStage() {
  const [stage] = SCENARIOS;
  if (stage === undefined) throw new Error('the game has no stage');
  return stage;
}
