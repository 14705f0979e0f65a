import type { StateHash } from '../kernel/state-hash.ts';
import type { RunningNode } from './running-node.ts';
import type { SimulatorParts } from './simulator-parts.ts';

/** Mixes everything that the future of a run depends on into its hash, and nothing of how it is stored. */
export function mixParts(hash: StateHash, parts: SimulatorParts): void {
  const { topology } = parts;
  hash.mixInt(parts.requests.inFlight);
  for (const stream of parts.streams) mixWords(hash, stream.state);
  for (const node of topology.nodes) {
    mixNode(hash, node);
    topology.places.mixInto(hash, node);
    node.screening.mixInto(hash);
  }
  parts.disturbances.mixInto(hash);
  parts.losses.mixInto(hash);
  parts.clientKeys.mixInto(hash);
  parts.hostile.mixInto(hash);
  parts.scraping.mixInto(hash);
  topology.health.mixInto(hash);
  for (const link of topology.links) link.guard?.mixInto(hash);
}

function mixNode(hash: StateHash, node: RunningNode): void {
  node.meter.mixInto(hash);
  mixWords(hash, node.service.state);
  hash.mixInt(node.ready ? 1 : 0);
  if (node.following !== null) hash.mixInt(node.following.log.length);
  hash.mixInt(node.store?.size ?? 0);
  if (node.store?.dirty) hash.mixInt(node.store.dirty.size);
  if (node.copies !== null) mixWords(hash, node.copies.stream.state);
  node.log?.mixInto(hash);
}

function mixWords(hash: StateHash, words: ArrayLike<number>): void {
  for (let i = 0; i < words.length; i++) hash.mixInt((words[i] as number) | 0);
}
