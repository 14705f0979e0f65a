import { CAUSES, type Measurement } from '@project-devops/simulation/protocol';
import { recoveryFigures } from './recovery-figures.ts';
import type { Report, ReportRow } from './report.ts';

/** What is told of some rows only, in words below the grid; empty where there is nothing to tell. */
type Section = readonly [title: string, figures: (row: ReportRow) => readonly string[]];

const SECTIONS: readonly Section[] = [
  ['Errors by cause', ({ errors }) => causesOf(errors)],
  ['Hostile requests', hostileFigures],
  ['Messages', messageFigures],
  ['Data', dataFigures],
  ['Copies and restores', recoveryFigures],
];

/** The sections below the table's grid, each after an empty line; `nameOf` names a row. */
export function sectionLines({ rows }: Report, nameOf: (row: ReportRow) => string): string[] {
  return SECTIONS.flatMap(([title, figures]) => {
    const told = rows.map((row) => [nameOf(row), figures(row)] as const);
    const lines = told.filter(([, texts]) => texts.length > 0);
    if (lines.length === 0) return [];
    return ['', `${title}:`, ...lines.map(([name, texts]) => `  ${name}: ${texts.join(', ')}`)];
  });
}

function causesOf(errors: Measurement['errors']): string[] {
  return counted(CAUSES.map((cause) => [cause, errors[cause]]));
}

function hostileFigures({ hostile, flagged }: ReportRow): string[] {
  const flags = counted([['flagged', flagged]]);
  if (!hostile) return flags;
  const { offered, served, breaches, errors } = hostile;
  const stopped = causesOf(errors);
  return [`offered ${offered}`, `served ${served}`, `breaches ${breaches}`, ...stopped, ...flags];
}

function messageFigures({ messages }: ReportRow): string[] {
  if (!messages) return [];
  const { appended, consumed, waiting, meanMs } = messages;
  return [
    `appended ${appended}`,
    `consumed ${consumed}`,
    `waiting ${waiting}`,
    ...counted([
      ['redelivered', messages.redelivered],
      ['duplicates', messages.duplicates],
      ['expired', messages.expired],
      ['dead letters', messages.deadLettered],
      ['lost', messages.lost],
    ]),
    ...(meanMs === null ? [] : [`mean ${meanMs.toFixed(1)} ms`]),
  ];
}

function dataFigures(row: ReportRow): string[] {
  return counted([
    ['stale reads', row.staleReads],
    ['lost writes', row.lostWrites],
    ['write conflicts', row.writeConflicts],
    ['compensations', row.compensations],
    ['dirty items', row.dirtyItems],
  ]);
}

function counted(figures: readonly (readonly [string, number | null | undefined])[]): string[] {
  return figures.flatMap(([name, count]) => (count ? [`${name} ${count}`] : []));
}
