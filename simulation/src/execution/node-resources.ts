import { createStream } from '../kernel/random.ts';
import { Copies } from '../primitives/copies.ts';
import { LockTable } from '../primitives/lock-table.ts';
import { type LogOptions, MessageLog } from '../primitives/log.ts';
import type { ReplicaSet } from '../primitives/replica-set.ts';
import type { Station } from '../primitives/station.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import type { NodePlaces } from './node-places.ts';
import { isPlaces, type Resource } from './resource.ts';
import type { Resources } from './resources.ts';
import type { RunningNode } from './running-node.ts';
import { isScreen } from './screening.ts';

/** Gives nodes the primitives that their kinds declare. */
export class NodeResources {
  readonly #resources: Resources;
  readonly #places: NodePlaces;
  readonly #seed: number;

  constructor(resources: Resources, places: NodePlaces, seed: number) {
    this.#resources = resources;
    this.#places = places;
    this.#seed = seed;
  }

  /** Builds what a node declares under a name, or gives it the figures of a new declaration. */
  set(node: RunningNode, name: string, resource: Resource, nowMs: number): void {
    if (resource.type === 'copies') return this.#setCopies(node, resource);
    if (isScreen(resource)) {
      const stream = `inspection of ${node.node.id}`;
      return node.screening.set(resource, stream, this.#seed, nowMs);
    }
    if (resource.type === 'log') return this.#setLog(node, resource);
    if (isPlaces(resource)) return this.#places.set(node, name, resource, nowMs);
    if (resource.type === 'pool' && resource.perReplica) {
      return this.#setPerReplica(node, name, resource, nowMs);
    }
    const resources = this.#resources;
    const known = node.resources.get(name);
    const number = known ?? resources.create(resource, nowMs);
    if (known === undefined) node.resources.set(name, number);
    else resources.configure(resource, number, nowMs);
    if (resource.type === 'station' && resource.discipline !== 'group-commit') {
      if (resource.discipline === 'independent') return;
      if (known === undefined) node.stations.push(resources.stations[number] as Station);
      node.cores += Math.min(resource.cores, resource.parallel);
      node.backgroundCores += resource.backgroundCores ?? 0;
    } else if (resource.type === 'store') {
      node.store = resources.stores[number] ?? null;
      if (resource.writeBack) node.consistency.lostWrites ??= 0;
    } else if (resource.type === 'pool' || resource.type === 'locks') {
      const holder = resources.gates[number]?.holder;
      if (holder instanceof LockTable) {
        if (known === undefined) node.locks.push(holder);
      } else if (holder instanceof TokenPool && resource.type === 'pool' && resource.connections) {
        node.connections.push(holder);
      }
    }
  }

  #setPerReplica(
    node: RunningNode,
    name: string,
    { perReplica: _, ...pool }: Extract<Resource, { type: 'pool' }>,
    nowMs: number,
  ): void {
    const replicas = node.places as ReplicaSet;
    let before = replicas.up;
    const setFor = (up: number) =>
      this.set(node, name, { ...pool, tokens: up * pool.tokens }, nowMs);
    setFor(before);
    replicas.onUp = (up) => {
      setFor(up);
      if (up > before) this.#resources.onRoom();
      before = up;
    };
  }

  #setLog(node: RunningNode, options: LogOptions): void {
    if (node.log === null) node.log = new MessageLog(options);
    else node.log.configure(options);
  }

  #setCopies(node: RunningNode, { items, count, lagMs }: Extract<Resource, { type: 'copies' }>) {
    const stream = () => createStream(this.#seed, `copies of ${node.node.id}`);
    node.copies ??= new Copies(items, stream());
    node.copies.count = count;
    node.copies.lagMs = lagMs;
    node.consistency.staleReads ??= 0;
  }
}
