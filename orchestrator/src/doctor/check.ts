import type { DoctorCheck } from '@project-devops/simulation/protocol';

export type Remedy = NonNullable<DoctorCheck['remedy']>;

/** What to do: in words, and the command where there is one. */
export function remedy(text: string, command: string | null = null): Remedy {
  return { text, command };
}

/** A finding that needs nothing done. */
export function ok(id: string, found: string): DoctorCheck {
  return { id, status: 'ok', found, remedy: null };
}

/** A finding with which real mode starts all the same. */
export function warning(id: string, found: string, what: Remedy): DoctorCheck {
  return { id, status: 'warning', found, remedy: what };
}

/** Real mode cannot start before this is mended. */
export function missing(id: string, found: string, what: Remedy): DoctorCheck {
  return { id, status: 'missing', found, remedy: what };
}

/** Memory or disk space in words. */
export function gigabytes(mebibytes: number): string {
  return mebibytes < 1_000 ? `${Math.floor(mebibytes)} MB` : `${(mebibytes / 1024).toFixed(1)} GB`;
}
