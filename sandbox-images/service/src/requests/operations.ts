import type { ApplicationOperation } from '@project-devops/simulation/protocol';
import { type Failure, failedHere } from './failure.ts';
import type { HeldRequest } from './held-request.ts';
import { query, tryCache } from './store-calls.ts';
import type { Workshop } from './workshop.ts';

type Outcome = Promise<Failure | null>;

/** Does the operations one after the other, as the model's `vm-basic` does; null when all are done. */
export async function perform(
  request: HeldRequest,
  operations: readonly ApplicationOperation[],
  shop: Workshop,
): Outcome {
  for (const operation of operations) {
    const failure =
      (await burst(request, operation, shop)) ?? (await behind[operation](request, shop));
    if (failure !== null) return failure;
  }
  return null;
}

async function burst(
  request: HeldRequest,
  operation: ApplicationOperation,
  shop: Workshop,
): Outcome {
  const { node, demands } = shop.configuration;
  await shop.cpu.burst(shop.draws.amount(demands[operation]), request);
  return request.abandoned ? failedHere('time-out', node) : null;
}

/** What an operation asks of stores once its own CPU time is spent. */
const behind = {
  static: async () => null,
  compute: async () => null,
  read: (request, shop) => lazyRead(request, shop, shop.draws.item()),
  write: async (request, shop) =>
    (await query(request, shop, 'write', shop.draws.row())) ??
    (shop.links.caches.length > 0 ? forget(request, shop, shop.draws.item()) : null),
} satisfies Record<ApplicationOperation, (request: HeldRequest, shop: Workshop) => Outcome>;

/** Cache-aside: ask the cache, on a miss the database, and leave the answer in the cache. */
async function lazyRead(request: HeldRequest, shop: Workshop, item: number): Outcome {
  const got = await tryCache(request, shop, item, (cache) => cache.get(item));
  if ('failure' in got) return got.failure;
  if (got.value === true) return null;
  return (await query(request, shop, 'read', item)) ?? (await keep(request, shop, item));
}

async function keep(request: HeldRequest, shop: Workshop, item: number): Outcome {
  const kept = await tryCache(request, shop, item, (cache) => cache.set(item, shop.cachedValue));
  return 'failure' in kept ? kept.failure : null;
}

async function forget(request: HeldRequest, shop: Workshop, item: number): Outcome {
  const forgotten = await tryCache(request, shop, item, (cache) => cache.forget(item));
  return 'failure' in forgotten ? forgotten.failure : null;
}
