import {
  OPTION_NAMES,
  type Order,
  readOrder as readMeasuringOrder,
} from '../simulate/arguments.ts';

export const OUTPUTS = ['table', 'json', 'markdown'] as const;
export type Output = (typeof OUTPUTS)[number];

/** What the program was asked to do. Null: left to the file. */
export interface RealOrder {
  readonly file: string;
  readonly output: Output;
  readonly seed: number;
  readonly warmupSeconds: number;
  readonly ratePerSecond: number | null;
  readonly seconds: number | null;
  /** CPU limits and load are divided by this. */
  readonly scale: number;
}

export type RealOrderReading =
  | { readonly kind: 'order'; readonly order: RealOrder }
  | { readonly kind: 'help' }
  /** A sentence that says what is wrong and what is possible. */
  | { readonly kind: 'fault'; readonly fault: string };

const MAX_SCALE = 64;
/** Containers are warm, and their pools open, after this time. */
const WARMUP_SECONDS = 10;

export const USAGE = `Usage: npm run real -- FILE [options]

Runs a scenario or topology file (YAML or JSON) as containers under load, without the game,
and prints how well it was predicted, worst figure first.

  --rate N        requests a second at full size; a topology file needs it,
                  a scenario file has a forecast
  --seconds N     measured time; without it a scenario runs to its end and
                  a topology for a minute
  --warmup N      seconds before the measured time (${WARMUP_SECONDS})
  --scale 1/N     run at a part of CPU and load, from 1/1 to 1/${MAX_SCALE} (1/1)
  --seed N        whole number (1) for the draws of both sides
  --json          print scorecard and rows as JSON
  --markdown      print the scorecard as Markdown
  --help          print this text
`;

/** Reads the command line without the program's own name; what both programs share, `simulate` reads. */
export function readRealOrder(args: readonly string[]): RealOrderReading {
  const { scaleText, markdown, others } = ownOptions(args);
  const reading = readMeasuringOrder([`--warmup=${WARMUP_SECONDS}`, ...others]);
  if (reading.kind !== 'order') return reading;
  const { file, output, seed, warmupSeconds, ratePerSecond, extent } = reading.order;
  const foreign = foreignOption(reading.order);
  if (foreign !== null) return fault(foreign);
  const scale = scaleOf(scaleText);
  if (scale === null) {
    return fault(
      `--scale is ${JSON.stringify(scaleText?.slice(0, 80))}; it should be 1/N with a whole N from 1 to ${MAX_SCALE}.`,
    );
  }
  if (extent !== null && 'requests' in extent) {
    return fault('Real mode runs for a time: give --seconds instead of --requests.');
  }
  if (output === 'csv') return fault('--csv is for npm run simulate; here it is --json.');
  if (markdown && output === 'json') return fault('Either --json or --markdown, not both.');
  const seconds = extent?.seconds ?? null;
  if (seconds !== null && !Number.isInteger(seconds)) return fault('--seconds should be whole.');
  if (!Number.isInteger(warmupSeconds)) return fault('--warmup should be whole.');
  return {
    kind: 'order',
    order: {
      file,
      output: markdown ? 'markdown' : output,
      seed,
      warmupSeconds,
      ratePerSecond,
      seconds,
      scale,
    },
  };
}

/** What is wrong with an option that only `simulate` has; null when there is none. */
function foreignOption({ arrivals, profile, trace }: Order): string | null {
  if (arrivals !== null) return 'Arrivals are evenly spaced in real mode: leave --arrivals out.';
  if (profile !== null) {
    return 'Real mode predicts with the calibration of this machine: leave --profile out.';
  }
  return trace === null
    ? null
    : 'Traces are of simulated requests: --trace is for npm run simulate.';
}

/** Names of all options, without their dashes. */
export const REAL_OPTION_NAMES: readonly string[] = [...OPTION_NAMES, 'scale', 'markdown'];

interface OwnOptions {
  readonly scaleText: string | null;
  readonly markdown: boolean;
  readonly others: readonly string[];
}

/** Takes the options out that only this program has; everything after `--` is a file. */
function ownOptions(args: readonly string[]): OwnOptions {
  const others: string[] = [];
  let scaleText: string | null = null;
  let markdown = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--markdown') markdown = true;
    else if (arg === '--scale') scaleText = rest.shift() ?? '';
    else if (arg.startsWith('--scale=')) scaleText = arg.slice('--scale='.length);
    else if (arg === '--') others.push(arg, ...rest.splice(0));
    else others.push(arg);
  }
  return { scaleText, markdown, others };
}

function scaleOf(text: string | null): number | null {
  if (text === null) return 1;
  const [, digits] = /^1\/(\d{1,2})$/.exec(text) ?? [];
  const scale = Number(digits);
  return scale >= 1 && scale <= MAX_SCALE ? scale : null;
}

function fault(text: string): RealOrderReading {
  return { kind: 'fault', fault: text };
}
