import { END_TO_END, errorRatio, throughputPerSecond } from '@project-devops/simulation/protocol';
import type { Report, ReportRow } from './report.ts';
import { sectionLines } from './table-sections.ts';

/** A column's cells; null where a figure does not apply. A column without any figure is left out. */
type Column = readonly [title: string, cell: (row: ReportRow) => string | null | undefined];

const COLUMNS: readonly Column[] = [
  ['node', (row) => nameOf(row)],
  ['kind', (row) => row.kind],
  ['offered', (row) => String(row.offered)],
  ['served', (row) => String(row.served)],
  ['served/s', (row) => fixed(throughputPerSecond(row), 1)],
  ['errors %', (row) => percent(errorRatio(row))],
  ['mean ms', ({ latency: { count, sumMs } }) => fixed(count > 0 ? sumMs / count : null, 1)],
  ['p50 ms', (row) => fixed(row.latency.p50Ms, 1)],
  ['p95 ms', (row) => fixed(row.latency.p95Ms, 1)],
  ['p99 ms', (row) => fixed(row.latency.p99Ms, 1)],
  ['CPU %', (row) => percent(row.utilisation)],
  ['CPU queue', (row) => fixed(row.queueDepth, 2)],
  ['connections', (row) => row.connections && `${row.connections.used}/${row.connections.limit}`],
  [
    'instances',
    ({ instances }) => instances && `${instances.running.toFixed(1)}/${instances.limit}`,
  ],
  ['lock waits', (row) => fixed(row.lockWaits, 2)],
  ['hits %', (row) => percent(row.hitRatio)],
  ['lag ms', (row) => fixed(row.lagMs, 1)],
  ['messages', (row) => fixed(row.consumerLag ?? null, 0)],
  ['$/h', (row) => fixed(row.costPerHour, 2)],
];
/** Columns that hold words, which stand at the left. */
const WORDS = new Set(['node', 'kind']);

/** The report for people: what was run, a line a node, and what only some nodes have to tell. */
export function tableOf(report: Report): string {
  const lines = [...headerOf(report), '', ...gridOf(report.rows), ...sectionLines(report, nameOf)];
  return `${lines.join('\n')}\n`;
}

function headerOf(report: Report): string[] {
  const { file, kind, arrivals, profile, seed, warmupSeconds, measuredSeconds, notes } = report;
  const times = `warm-up ${warmupSeconds} s, measured ${Number(measuredSeconds.toFixed(3))} s`;
  return [
    `${file} (${kind})`,
    ...notes,
    `Arrivals: ${arrivals}. Profile: ${profile}. Seed ${seed}; ${times}.`,
  ];
}

function gridOf(rows: readonly ReportRow[]): string[] {
  const columns = COLUMNS.map(([title, cell]) => ({ title, cells: rows.map(cell) })).filter(
    ({ cells }) => cells.some((cell) => cell != null),
  );
  const padded = columns.map(({ title, cells }) => {
    const texts = [title, ...cells.map((cell) => cell ?? '-')];
    const width = Math.max(...texts.map((text) => text.length));
    return texts.map((text) => (WORDS.has(title) ? text.padEnd(width) : text.padStart(width)));
  });
  return ['', ...rows].map((_, line) => padded.map((texts) => texts[line]).join('  '));
}

function nameOf(row: ReportRow): string {
  return row.node === END_TO_END ? 'end to end' : row.node;
}

function percent(ratio: number | null): string | null {
  return ratio === null ? null : fixed(ratio * 100, 1);
}

function fixed(value: number | null, digits: number): string | null {
  return value === null ? null : value.toFixed(digits);
}
