import { parseArgs } from 'node:util';
import {
  MAX_SPANS,
  MAX_TRACES,
  MEASURING_LIMITS,
  type MeasuringExtent,
} from '@project-devops/simulation';

const OUTPUTS = ['table', 'json', 'csv'] as const;
export type Output = (typeof OUTPUTS)[number];

const ARRIVALS = ['poisson', 'uniform'] as const;
export type ArrivalLaw = (typeof ARRIVALS)[number];

/** What the program was asked to do. Null: left to the file. */
export interface Order {
  readonly file: string;
  readonly output: Output;
  readonly seed: number;
  readonly arrivals: ArrivalLaw | null;
  readonly warmupSeconds: number;
  readonly ratePerSecond: number | null;
  readonly extent: MeasuringExtent | null;
  /** The file of the hardware profile; null for the game's own cloud. */
  readonly profile: string | null;
  /** Where traces go, and the share of the requests that are traced; null when none are. */
  readonly trace: { readonly file: string; readonly ratio: number } | null;
}

export type OrderReading =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'help' }
  /** A sentence that says what is wrong and what is possible. */
  | { readonly kind: 'fault'; readonly fault: string };

interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

const NUMBERS = {
  seed: { ...MEASURING_LIMITS.seed, whole: true },
  rate: { ...MEASURING_LIMITS.ratePerSecond, whole: false },
  warmup: { ...MEASURING_LIMITS.warmupSeconds, whole: false },
  seconds: { ...MEASURING_LIMITS.seconds, whole: false },
  requests: { ...MEASURING_LIMITS.requests, whole: true },
  'trace-ratio': { ...MEASURING_LIMITS.traceRatio, whole: false },
} satisfies Record<string, Range>;
type NumberOption = keyof typeof NUMBERS;

/** How long a topology is measured unless asked otherwise; a scenario has its own length. */
export const DEFAULT_SECONDS = 60;

/** Share of the requests that are traced unless asked otherwise. */
export const DEFAULT_TRACE_RATIO = 0.01;

export const USAGE = `Usage: npm run simulate -- FILE [options]

Runs a scenario or topology file (YAML or JSON) through the simulator, without the game,
and prints the measurements end to end and of every node.

  --rate N           requests a second, ${rangeOf('rate')};
                     a topology file needs it, a scenario file has a forecast
  --seconds N        measured time, ${rangeOf('seconds')}; without it
                     a scenario runs to its end and a topology for ${DEFAULT_SECONDS} s
  --requests N       or: measure until so many requests have arrived,
                     ${rangeOf('requests')}
  --warmup N         seconds before the measured time, ${rangeOf('warmup')} (0)
  --arrivals LAW     poisson or uniform (as the file says, else poisson)
  --seed N           ${rangeOf('seed')} (1); the same seed gives the same figures
  --profile FILE     service demands and latencies of a machine, as npm run calibrate
                     writes them (those of the game's own cloud)
  --trace FILE       write traces of some requests, as OTLP JSON: at most ${MAX_TRACES} of them,
                     or about ${MAX_SPANS} spans
  --trace-ratio N    share of the requests that are traced, ${rangeOf('trace-ratio')} (${DEFAULT_TRACE_RATIO})
  --json, --csv      print JSON or CSV instead of the table
  --help             print this text

Exit code: 0 when the figures are printed, 1 when a file cannot be simulated or written,
2 when the command line is wrong. Messages and progress go to standard error.
`;

const OPTIONS = {
  rate: { type: 'string' },
  seconds: { type: 'string' },
  requests: { type: 'string' },
  warmup: { type: 'string' },
  arrivals: { type: 'string' },
  seed: { type: 'string' },
  profile: { type: 'string' },
  trace: { type: 'string' },
  'trace-ratio': { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
/** Names of all options, without their dashes. */
export const OPTION_NAMES: readonly string[] = Object.keys(OPTIONS);

/** Reads the command line without the program's own name. */
export function readOrder(args: readonly string[]): OrderReading {
  try {
    const { values, positionals } = parseArgs({
      args: withValuesAttached(args),
      allowPositionals: true,
      options: OPTIONS,
    });
    if (values.help === true) return { kind: 'help' };
    return { kind: 'order', order: orderOf(values, positionals) };
  } catch (error) {
    if (error instanceof UsageFault || isParseFault(error)) {
      const [fault = ''] = error.message.split('. To specify a positional argument');
      return { kind: 'fault', fault: fault.replaceAll('\n', ' ') };
    }
    throw error;
  }
}

class UsageFault extends Error {}

type Values = Readonly<Partial<Record<NumberOption | 'arrivals' | 'profile' | 'trace', string>>> & {
  readonly json?: boolean;
  readonly csv?: boolean;
};

function orderOf(values: Values, [file, ...others]: readonly string[]): Order {
  if (file === undefined || file === '') throw new UsageFault('A FILE is missing.');
  if (others.length > 0) {
    throw new UsageFault(`One FILE at a time, please: ${quoted(others[0] ?? '')} is one too many.`);
  }
  if (values.json === true && values.csv === true) {
    throw new UsageFault('Either --json or --csv, not both.');
  }
  return {
    file,
    output: values.json === true ? 'json' : values.csv === true ? 'csv' : 'table',
    seed: numberOf(values, 'seed') ?? 1,
    arrivals: arrivalsOf(values.arrivals),
    warmupSeconds: numberOf(values, 'warmup') ?? 0,
    ratePerSecond: numberOf(values, 'rate'),
    extent: extentOf(numberOf(values, 'seconds'), numberOf(values, 'requests')),
    profile: profileOf(values.profile),
    trace: traceOf(values.trace, numberOf(values, 'trace-ratio')),
  };
}

function extentOf(seconds: number | null, requests: number | null): MeasuringExtent | null {
  if (seconds !== null && requests !== null) {
    throw new UsageFault('Either --seconds or --requests, not both.');
  }
  if (seconds !== null) return { seconds };
  return requests === null ? null : { requests };
}

function profileOf(file: string | undefined): string | null {
  if (file === '') throw new UsageFault('--profile needs the name of a file.');
  return file ?? null;
}

function traceOf(file: string | undefined, ratio: number | null): Order['trace'] {
  if (file === undefined && ratio === null) return null;
  if (file === undefined) throw new UsageFault('--trace-ratio needs --trace FILE.');
  if (file === '') throw new UsageFault('--trace needs the name of a file.');
  return { file, ratio: ratio ?? DEFAULT_TRACE_RATIO };
}

function arrivalsOf(text: string | undefined): ArrivalLaw | null {
  if (text === undefined) return null;
  const law = ARRIVALS.find((name) => name === text);
  if (law !== undefined) return law;
  throw new UsageFault(`--arrivals is ${quoted(text)}; it should be ${ARRIVALS.join(' or ')}.`);
}

function numberOf(values: Values, option: NumberOption): number | null {
  const text = values[option];
  if (text === undefined) return null;
  const value = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  const { min, max, whole } = NUMBERS[option];
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new UsageFault(`--${option} is ${quoted(text)}; it should be ${rangeOf(option)}.`);
}

function rangeOf(option: NumberOption): string {
  const { min, max, whole } = NUMBERS[option];
  return `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`;
}

/** Negative numbers look like options: `--rate -5` becomes `--rate=-5`, so that its range can be told. */
function withValuesAttached(args: readonly string[]): string[] {
  const attached: string[] = [];
  for (const arg of args) {
    const last = attached.at(-1) ?? '';
    if (/^-[\d.]/.test(arg) && Object.hasOwn(NUMBERS, last.slice(2))) {
      attached[attached.length - 1] = `${last}=${arg}`;
    } else attached.push(arg);
  }
  return attached;
}

function isParseFault(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
