import type { Measuring } from '@project-devops/simulation';
import { END_TO_END, type Measurement, type Profile } from '@project-devops/simulation/protocol';
import { printable } from '../messages.ts';
import type { Order } from './arguments.ts';
import type { Subject } from './subject.ts';

/** A run's figures and all that is needed to repeat it. */
export interface Report {
  readonly file: string;
  readonly kind: Subject['kind'];
  readonly seed: number;
  readonly arrivals: Measuring['arrivals'];
  /** The name of the hardware profile that service demands are of. */
  readonly profile: string;
  readonly warmupSeconds: number;
  readonly measuredSeconds: number;
  /** Where load and classes come from, one sentence each. */
  readonly notes: readonly string[];
  /** End to end first, then each node, over the whole measured time. */
  readonly rows: readonly ReportRow[];
}

export interface ReportRow extends Measurement {
  /** A node's kind; null end to end. */
  readonly kind: string | null;
}

/** Puts a run's rows together with what they were measured under. `measuring` names its profile. */
export function reportOf(
  subject: Subject,
  order: Order,
  measuring: Measuring & { readonly profile: Profile },
  rows: readonly Measurement[],
): Report {
  const [service] = rows;
  const endMs = service?.endMs ?? 0;
  const kinds = new Map(measuring.topology.nodes.map(({ id, kind }) => [id, kind]));
  return {
    file: order.file,
    kind: subject.kind,
    seed: measuring.seed,
    arrivals: measuring.arrivals,
    profile: printable(measuring.profile.name),
    warmupSeconds: measuring.warmupSeconds,
    measuredSeconds: (endMs - (service?.startMs ?? 0)) / 1000,
    notes: notesOf(subject, order, endMs / 1000),
    rows: rows.map((row) => ({
      ...row,
      kind: row.node === END_TO_END ? null : (kinds.get(row.node) ?? null),
    })),
  };
}

function notesOf({ kind, scenario }: Subject, order: Order, endSeconds: number): string[] {
  const notes: string[] = [];
  if (order.ratePerSecond !== null) {
    notes.push(`Load: ${order.ratePerSecond} requests/s throughout, as --rate says.`);
  } else {
    notes.push(
      'Load: the forecast of the scenario, without feedback from users: they grow as if all were content, however they are served.',
    );
    if (endSeconds > scenario.durationSeconds) {
      notes.push(
        `The scenario ends after ${scenario.durationSeconds} s; from then on the load stays as it was.`,
      );
    }
  }
  if (kind === 'topology') {
    notes.push(
      `Classes, mix and data: those of the stage ${scenario.id}, since a topology file has none.`,
    );
  }
  return notes;
}
