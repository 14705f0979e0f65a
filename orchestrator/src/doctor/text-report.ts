import type { DoctorCheck, DoctorReport } from '@project-devops/simulation/protocol';

const MARKS = { ok: '✓', warning: '!', missing: '✗' } satisfies Record<
  DoctorCheck['status'],
  string
>;

/** The report for a terminal: a line a check, the remedy below it, and the verdict at the end. */
export function textReport({ ready, checks }: DoctorReport): string {
  const lines = checks.flatMap((check) => [
    `${MARKS[check.status]} ${check.found}`,
    ...remedyLines(check),
  ]);
  return [...lines, '', verdict(ready, checks)].map((line) => `${line}\n`).join('');
}

function remedyLines({ remedy }: DoctorCheck): string[] {
  if (remedy === null) return [];
  return [`    ${remedy.text}`, ...(remedy.command === null ? [] : [`    $ ${remedy.command}`])];
}

function verdict(ready: boolean, checks: readonly DoctorCheck[]): string {
  if (!ready) return 'Real mode cannot start before the lines with ✗ are mended.';
  const warnings = checks.filter(({ status }) => status === 'warning').length;
  if (warnings === 0) return 'Real mode is ready.';
  return `Real mode is ready, with ${warnings === 1 ? 'a warning' : `${warnings} warnings`}.`;
}
