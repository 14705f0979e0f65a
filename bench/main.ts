import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../scripts/launch/places.mjs';
import { type Goal, MEASURES, type Measure } from './measures.ts';
import { Absent } from './peers.ts';
import { resultsPage } from './results-page.ts';
import type { Effort } from './side-by-side.ts';

const WHOLE: Effort = { rounds: 3, share: 1 };
const QUICK: Effort = { rounds: 1, share: 0.1 };

const USAGE = `npm run bench -- [PART OF A NAME] [--quick] [--rounds N] [--save]

Measures all, or what has these letters in its name, and prints a line each.
  --quick     one short round
  --rounds N  so many rounds instead of ${WHOLE.rounds}
  --save      keeps the table in bench/RESULTS.md as well
`;

const { values, positionals } = read();
if (values.help === true) {
  console.log(USAGE);
  process.exit(0);
}
const [wanted = ''] = positionals;
const rounds = Math.max(1, Number.parseInt(values.rounds ?? '', 10) || WHOLE.rounds);
const effort = values.quick === true ? QUICK : { ...WHOLE, rounds };
const lines: (readonly [name: string, figure: string])[] = [];
for (const measure of MEASURES.filter(({ name }) => name.includes(wanted))) {
  const line = [measure.name, await figure(measure)] as const;
  console.log(`${line[0].padEnd(60)} ${line[1]}`);
  lines.push(line);
}
if (values.save === true)
  await writeFile(join(ROOT, 'bench/RESULTS.md'), resultsPage(lines, effort.rounds));

function read() {
  const flag = { type: 'boolean' } as const;
  const options = { quick: flag, rounds: { type: 'string' }, save: flag, help: flag } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function figure({ unit, goal, read }: Measure): Promise<string> {
  try {
    const value = await read(effort);
    return `${value.toFixed(2).padStart(8)} ${unit}${verdict(value, goal)}`;
  } catch (error) {
    if (error instanceof Absent) return `  absent: ${error.message}`;
    throw error;
  }
}

function verdict(value: number, goal: Goal): string {
  const target = (limit: number) => limit.toFixed(2).replace(/\.?0+$/, '');
  switch (goal.kind) {
    case 'none':
      return '';
    case 'at-most':
      return ` (at most ${target(goal.value)})${value > goal.value ? '  MISSED' : ''}`;
    case 'at-least':
      return ` (at least ${target(goal.value)})${value < goal.value ? '  MISSED' : ''}`;
  }
}
