import type { Surroundings } from '../execution/component.ts';
import { call, draw, giveLease, type Step, tryCall, unlessHit } from '../execution/step.ts';
import { CACHE_DEFAULTS, type CacheStrategy } from '../protocol/index.ts';

/** A read of the drawn item by an application: ask the cache, if there is one; on a miss `query`, and leave the answer in the cache. */
export function cachedRead(around: Surroundings, query: readonly Step[]): readonly Step[] {
  if (!around.linked('cache')) return query;
  const shared = caches(around).some(({ coalescing }) => coalescing) ? [giveLease] : [];
  return [tryCall('cache', 'get'), unlessHit(...query, tryCall('cache', 'set'), ...shared)];
}

/**
 * A write by an application; `write` draws the row and writes it. Caches with different strategies are all treated as lazy
 * ones. With write-back the cache must be there: nothing else has the latest data.
 */
export function cachedWrite(around: Surroundings, write: readonly Step[]): readonly Step[] {
  if (!around.linked('cache')) return write;
  const [first, ...others] = caches(around).map(({ strategy }) => strategy);
  const agreed = others.every((strategy) => strategy === first) ? first : undefined;
  return WRITES[agreed ?? CACHE_DEFAULTS.strategy](write);
}

const WRITES = {
  lazy: (write) => [...write, draw('items'), tryCall('cache', 'forget')],
  'write-through': (write) => [...write, draw('items'), tryCall('cache', 'set')],
  'write-back': () => [draw('items'), call('cache', 'hold')],
} satisfies Record<CacheStrategy, (write: readonly Step[]) => readonly Step[]>;

function caches(around: Surroundings) {
  return around
    .targets('cache')
    .flatMap((node) => (node.kind === 'cache' ? [{ ...CACHE_DEFAULTS, ...node }] : []));
}
