import { parseArgs } from 'node:util';
import type { DoctorReport } from '@project-devops/simulation/protocol';
import { textReport } from '../../doctor/text-report.ts';

/** What the program may touch. */
export interface Surroundings {
  print(text: string): void;
  complain(text: string): void;
  examine(): Promise<DoctorReport>;
}

/** Exit codes: real mode can start; it cannot; the command line is wrong. */
const READY = 0;
const NOT_READY = 1;
const MISUSED = 2;

const USAGE = `Usage: npm run doctor [-- --json]

Says what real mode needs, what this machine has of it, and the command that mends what it lacks.

  --json   print the report as JSON
  --help   print this text
`;

/** Runs the program with its command line; the answer is its exit code. */
export async function doctor(args: readonly string[], around: Surroundings): Promise<number> {
  const asked = readArguments(args);
  if (asked === 'help') {
    around.print(USAGE);
    return READY;
  }
  if (asked === 'misused') {
    around.complain(USAGE);
    return MISUSED;
  }
  const report = await around.examine();
  around.print(asked === 'json' ? `${JSON.stringify(report, null, 2)}\n` : textReport(report));
  return report.ready ? READY : NOT_READY;
}

function readArguments(args: readonly string[]): 'text' | 'json' | 'help' | 'misused' {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return 'help';
    return values.json === true ? 'json' : 'text';
  } catch {
    return 'misused';
  }
}
