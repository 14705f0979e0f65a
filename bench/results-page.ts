import { cpus, loadavg, totalmem } from 'node:os';

const GIB = 2 ** 30;

/** The figures as a page of the repository, with the machine they are of. */
export function resultsPage(
  lines: readonly (readonly [name: string, figure: string])[],
  rounds: number,
): string {
  return [
    '# What `npm run bench -- --save` said last',
    '',
    `${machine()}.`,
    '',
    'Speeds are ratios of processor time a customer on one core, by turns with the peer; where there are several',
    `rounds, the median (here of ${rounds}). The 15-minute load was ${(loadavg()[2] ?? 0).toFixed(1)}: above the number of processors, ratios are uncertain.`,
    'A run of ours is one module, as in a page, and has measurements, routing, causes, time-outs and state hashes on.',
    '',
    ...table([['Figure', 'Value'], ...lines]),
    '',
  ].join('\n');
}

/** A table in the formatter's shape: every cell as wide as the widest of its column. */
function table(lines: readonly (readonly [name: string, figure: string])[]): string[] {
  const cells = lines.map((line) => line.map((cell) => cell.trim()));
  const widths = [0, 1].map((i) => Math.max(...cells.map((line) => (line[i] ?? '').length)));
  const rows = cells.map((line) => line.map((cell, i) => cell.padEnd(widths[i] ?? 0)));
  rows.splice(
    1,
    0,
    widths.map((width) => '-'.repeat(width)),
  );
  return rows.map((row) => `| ${row.join(' | ')} |`);
}

function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / GIB);
  return `${processors.length} x ${processors[0]?.model.trim()}, ${memory} GiB, ${process.platform}, Node ${process.version}`;
}
