import { type Goal, MEASURES, type Measure } from './measures.ts';
import { Absent } from './peers.ts';

/** Measures all, or those whose name contains the first argument, and prints one line each. */
const [wanted = ''] = process.argv.slice(2);
for (const measure of MEASURES.filter(({ name }) => name.includes(wanted))) {
  console.log(`${measure.name.padEnd(46)} ${await figure(measure)}`);
}

async function figure({ unit, goal, read }: Measure): Promise<string> {
  try {
    const value = await read();
    return `${value.toFixed(2).padStart(8)} ${unit}${verdict(value, goal)}`;
  } catch (error) {
    if (error instanceof Absent) return `  absent: ${error.message}`;
    throw error;
  }
}

function verdict(value: number, goal: Goal): string {
  switch (goal.kind) {
    case 'none':
      return '';
    case 'at-most':
      return ` (at most ${goal.value})${value > goal.value ? '  MISSED' : ''}`;
    case 'at-least':
      return ` (at least ${goal.value})${value < goal.value ? '  MISSED' : ''}`;
  }
}
