import { createStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { calmShedding, type SheddingState, sheds } from '../policies/shedding.ts';
import { Inspection, type InspectionFigures } from '../primitives/inspection.ts';
import type { Station } from '../primitives/station.ts';
import { type RateLimitFigures, TokenBucket } from '../primitives/token-bucket.ts';
import { CAUSES } from '../protocol/index.ts';

/** What a node declares to turn requests away by, before it does anything for them. */
export type ScreenResource =
  /** So many requests may pass. */
  | ({ readonly type: 'rate-limit' } & RateLimitFigures)
  /** Requests are looked at, and some flagged. */
  | ({ readonly type: 'inspection' } & InspectionFigures)
  /** None may pass while the line for the CPU is too slow, see `sheds`. */
  | { readonly type: 'shedding'; readonly targetMs: number };

/** What a SCREEN instruction asks for in its first word. */
export const REFUSE = 0;
export const LIMIT = 1;
export const INSPECT = 2;
export const SHED = 3;
export const NEED_DISK = 4;

const RATE_LIMITED = CAUSES.indexOf('rate-limited');
const BLOCKED = CAUSES.indexOf('blocked');
const LOAD_SHED = CAUSES.indexOf('load-shed');
const DISK_FULL = CAUSES.indexOf('disk-full');
const PASSES = -1;

/** Whether a resource is one that requests pass or are turned away at. */
export function isScreen(resource: { readonly type: string }): resource is ScreenResource {
  return ['rate-limit', 'inspection', 'shedding'].includes(resource.type);
}

/** A node's own screen: its rate limit and its inspection, each when it has declared one. */
export class Screening {
  /** Whether a fault has filled the node's disk. */
  isDiskFull = false;
  #rateLimit: TokenBucket | null = null;
  #inspection: Inspection | null = null;
  #shedding: (SheddingState & { targetMs: number }) | null = null;

  /** Makes the declared screen, or gives it other figures. The inspection draws from a stream of this name. */
  set(resource: ScreenResource, streamName: string, seed: number, nowMs: number): void {
    if (resource.type === 'rate-limit') {
      this.#rateLimit ??= new TokenBucket(resource);
      this.#rateLimit.configure(resource, nowMs);
    } else if (resource.type === 'shedding') {
      this.#shedding ??= { ...calmShedding(), targetMs: resource.targetMs };
      this.#shedding.targetMs = resource.targetMs;
    } else {
      this.#inspection ??= new Inspection(createStream(seed, streamName), resource);
      this.#inspection.configure(resource);
    }
  }

  /**
   * The cause for which a request is turned away, -1 when it goes on. `detail`: for INSPECT whether the
   * request is hostile (0 or 1), for REFUSE the cause. `station`: whose line SHED looks at.
   */
  check(what: number, detail: number, station: Station | null, nowMs: number): number {
    switch (what) {
      case LIMIT:
        return this.#rateLimit?.admit(nowMs) === false ? RATE_LIMITED : PASSES;
      case INSPECT:
        return this.#inspection?.passes(detail === 1) === false ? BLOCKED : PASSES;
      case SHED:
        return station !== null && this.#sheds(station, nowMs) ? LOAD_SHED : PASSES;
      case NEED_DISK:
        return this.isDiskFull ? DISK_FULL : PASSES;
      default:
        return detail;
    }
  }

  #sheds(station: Station, nowMs: number): boolean {
    const shedding = this.#shedding;
    return (
      shedding !== null && sheds(shedding, shedding.targetMs, station.oldestWaitMs(nowMs), nowMs)
    );
  }

  /** Requests flagged since the last call; null for a node that looks at none. */
  takeFlagged(): number | null {
    return this.#inspection?.takeFlagged() ?? null;
  }

  mixInto(hash: StateHash): void {
    if (this.#rateLimit !== null) hash.mixFloat(this.#rateLimit.fullAtMs);
    if (this.#shedding !== null) {
      hash.mixFloat(this.#shedding.busySinceMs ?? -1);
      hash.mixFloat(this.#shedding.lastShedMs);
    }
    for (const word of this.#inspection?.state ?? []) hash.mixInt(word | 0);
  }
}
