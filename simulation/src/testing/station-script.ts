import { EventQueue } from '../kernel/event-queue.ts';
import { FifoStation } from '../primitives/fifo-station.ts';
import { IndependentStation } from '../primitives/independent-station.ts';
import { Jobs } from '../primitives/jobs.ts';
import { SharedStation } from '../primitives/shared-station.ts';
import type { Station, StationLimit } from '../primitives/station.ts';

const SUBMIT = 0;
const STATION = 1;
const RESIZE = 2;
const CANCEL = 3;
const PROBE = 4;

/** What happens to a station: jobs are numbered as the bursts are listed. */
export interface StationScript {
  readonly limit: StationLimit;
  readonly bursts: readonly { readonly atMs: number; readonly demandMs: number }[];
  readonly resizes?: readonly { readonly atMs: number; readonly limit: StationLimit }[];
  readonly cancels?: readonly { readonly atMs: number; readonly job: number }[];
  /** When the station is asked for its sums. */
  readonly probesMs?: readonly number[];
}

export interface Probe {
  readonly atMs: number;
  readonly usedMs: number;
  readonly waitingArea: number;
  readonly waiting: number;
  /** CPU time of each job so far: none before it comes, all of its demand once it is done. */
  readonly attainedMs: readonly number[];
}

export interface StationOutcome {
  /** End of each burst by job, NaN for one that never ended. */
  readonly endsMs: readonly number[];
  readonly probes: readonly Probe[];
}

/** A CPU limit of whole cores without a quota. */
export function cores(parallel: number): StationLimit {
  return { parallel, quotaMs: parallel * 100, periodMs: 100 };
}

const STATIONS = { fifo: FifoStation, shared: SharedStation, independent: IndependentStation };

/** Plays a script on a station alone; of things at one instant the script's come first. */
export function playStation(
  discipline: keyof typeof STATIONS,
  script: StationScript,
): StationOutcome {
  const queue = new EventQueue();
  const jobs = new Jobs(script.bursts.length);
  const endsMs = script.bursts.map(() => Number.NaN);
  const probes: Probe[] = [];
  const done = (job: number) => {
    endsMs[job] = queue.timeMs;
  };
  const around = { queue, eventKind: STATION, index: 0, done };
  const station: Station = new STATIONS[discipline](around, jobs);
  station.configure(script.limit, 0);
  script.resizes?.forEach(({ atMs }, i) => void queue.push(atMs, RESIZE, i, 0));
  script.bursts.forEach(({ atMs }, i) => void queue.push(atMs, SUBMIT, i, 0));
  script.cancels?.forEach(({ atMs, job }) => void queue.push(atMs, CANCEL, job, 0));
  script.probesMs?.forEach((atMs) => void queue.push(atMs, PROBE, 0, 0));
  while (queue.pop()) {
    const { timeMs, kind, a, b } = queue;
    switch (kind) {
      case SUBMIT:
        jobs.demandMs[a] = script.bursts[a]?.demandMs ?? 0;
        station.submit(a, timeMs);
        break;
      case STATION:
        station.onEvent(b, timeMs);
        break;
      case RESIZE:
        station.configure(script.resizes?.[a]?.limit ?? script.limit, timeMs);
        break;
      case CANCEL:
        jobs.cancelled[a] = 1;
        break;
      default:
        probes.push({
          atMs: timeMs,
          usedMs: station.usedMs(timeMs),
          waitingArea: station.waitingArea(timeMs),
          waiting: station.waiting,
          attainedMs: script.bursts.map(({ atMs, demandMs }, job) => {
            if (!Number.isNaN(endsMs[job])) return demandMs;
            return atMs > timeMs ? 0 : station.attainedMs(job, atMs, timeMs);
          }),
        });
    }
  }
  return { endsMs, probes };
}
