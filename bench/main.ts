import { MEASURES, type Measure } from './measures.ts';
import { Absent } from './peers.ts';

/** Measures all, or those whose name contains the first argument, and prints one line each. */
const [wanted = ''] = process.argv.slice(2);
for (const measure of MEASURES.filter(({ name }) => name.includes(wanted))) {
  console.log(`${measure.name.padEnd(42)} ${await figure(measure)}`);
}

async function figure({ unit, goal, read }: Measure): Promise<string> {
  try {
    const value = await read();
    const met = goal.kind === 'at-most' ? value <= goal.value : value >= goal.value;
    const words = goal.kind === 'at-most' ? 'at most' : 'at least';
    const mark = met ? '' : '  MISSED';
    return `${value.toFixed(2).padStart(9)} ${unit} (${words} ${goal.value})${mark}`;
  } catch (error) {
    if (error instanceof Absent) return `   absent: ${error.message}`;
    throw error;
  }
}
