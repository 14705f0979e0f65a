import type { ReportRow } from './report.ts';

/**
 * Copies that a node took of its data and, where its disks were lost and its data is there again, what that cost: the
 * longest time before a fault whose writes are gone, and the longest from a fault until the node served again.
 */
export function recoveryFigures({ recovery }: ReportRow): string[] {
  if (!recovery) return [];
  const { snapshots, backups, restores, lostWrites, rpoSeconds, rtoSeconds } = recovery;
  const copies = [
    ...(snapshots > 0 ? [`snapshots ${snapshots}`] : []),
    ...(backups > 0 ? [`backups ${backups}`] : []),
  ];
  if (restores === 0 || rtoSeconds === null) return copies;
  const rpo = rpoSeconds === null ? 'all data' : seconds(rpoSeconds);
  const outcome = [`RPO ${rpo}`, `RTO ${seconds(rtoSeconds)}`, `writes not restored ${lostWrites}`];
  return [...copies, `restores ${restores}`, ...outcome];
}

function seconds(value: number): string {
  return `${Number(value.toFixed(1))} s`;
}
