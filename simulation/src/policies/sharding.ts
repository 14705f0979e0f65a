import { mixed } from './hashing.ts';

/** The shard that has a key, of `count`: by a hash, so that neighbours (the most popular ones) lie apart. */
export function shardOf(key: number, count: number): number {
  return mixed(key) % count;
}
