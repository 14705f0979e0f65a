import { CACHE_DEFAULTS, type NodeOf } from '@project-devops/simulation/protocol';
import type { PlanNode } from './node-plan.ts';
import { NotInContainers } from './not-in-containers.ts';

/** What the model says one cached item takes in memory. */
const ITEM_KIB = 32;
/** What one takes in Redis 8: its value, its name, its share of the table (measured; see the service's `valueBytes`). */
const ITEM_BYTES = 20_560;
/** Redis itself and its clients, before the first item. */
const EMPTY_BYTES = 900_000;

/** Redis, allowed as much memory as the model's number of items takes in it. */
export const planCache: PlanNode<'cache'> = (node, { size }) => {
  refuseUnknownOptions(node);
  const capacity = Math.floor((size.memoryMiB * 1_024) / ITEM_KIB);
  return {
    image: 'redis',
    rank: 0,
    arguments: [],
    configuration: [
      `maxmemory ${EMPTY_BYTES + capacity * ITEM_BYTES}`,
      `maxmemory-policy ${EVICTION[node.eviction]}`,
      'maxmemory-samples 10',
    ].join('\n'),
    fixed: '',
    environment: {},
    minimumMemoryMiB: 128,
    pidsLimit: 32,
    dataMiB: null,
  };
};

const EVICTION = { lru: 'allkeys-lru', lfu: 'allkeys-lfu' } as const;

/** The service behind the containers loads lazily; it knows no other way yet. */
function refuseUnknownOptions(node: NodeOf<'cache'>): void {
  const { strategy, ttlSeconds, coalescing } = { ...CACHE_DEFAULTS, ...node };
  if (strategy === CACHE_DEFAULTS.strategy && ttlSeconds === null && !coalescing) return;
  throw new NotInContainers(
    node.id,
    'containers load lazily, without a time to live and without coalescing',
    `Let ${node.id} load lazily, without a time to live and without coalescing`,
  );
}
