import { createStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { InstancePool } from '../primitives/instance-pool.ts';
import type { Places } from '../primitives/places.ts';
import type { ReplicaSet } from '../primitives/replica-set.ts';
import { SessionTable } from '../primitives/session-table.ts';
import { Autoscaler } from './autoscaler.ts';
import type { PlacesResource } from './resource.ts';
import type { Resources } from './resources.ts';
import type { RunningNode } from './running-node.ts';

/** Builds what a node's requests get a place in: instances, sessions, or replicas with their autoscaler. */
export class NodePlaces {
  readonly #resources: Resources;
  readonly #seed: number;
  readonly #autoscalers = new Map<Places, Autoscaler>();

  constructor(resources: Resources, seed: number) {
    this.#resources = resources;
    this.#seed = seed;
  }

  /** Gives a node the declared places, or those it has the figures of a new declaration. */
  set(node: RunningNode, name: string, resource: PlacesResource, nowMs: number): void {
    if (node.places === null) {
      const places = this.#build(node, resource, nowMs);
      node.places = places;
      node.resources.set(name, this.#resources.addPlaces(places, resource.cause));
    }
    this.#configure(node.places, resource, nowMs);
    if (resource.type === 'replicas') node.cores += Math.min(resource.cores, resource.parallel);
  }

  /** What a node's places are now, as far as it changes what comes. */
  mixInto(hash: StateHash, { places }: RunningNode): void {
    if (places === null) return;
    places.mixInto(hash);
    this.#autoscalers.get(places)?.mixInto(hash);
  }

  #build(node: RunningNode, resource: PlacesResource, nowMs: number): Places {
    switch (resource.type) {
      case 'instances':
        return new InstancePool(resource, nowMs);
      case 'sessions':
        return new SessionTable(resource, createStream(this.#seed, `sessions of ${node.node.id}`));
      case 'replicas':
        return this.#buildReplicas(node, resource, nowMs);
    }
  }

  #configure(places: Places, resource: PlacesResource, nowMs: number): void {
    switch (resource.type) {
      case 'instances':
        return (places as InstancePool).configure(resource, nowMs);
      case 'sessions':
        return (places as SessionTable).configure(resource, nowMs);
      case 'replicas': {
        const replicas = places as ReplicaSet;
        replicas.setLimits(resource);
        replicas.configure(this.#resources.stationLimit(resource), nowMs);
        this.#autoscalers.get(places)?.configure(resource, nowMs);
      }
    }
  }

  #buildReplicas(
    node: RunningNode,
    resource: Extract<PlacesResource, { type: 'replicas' }>,
    nowMs: number,
  ): ReplicaSet {
    const { timers } = this.#resources;
    const timer = timers.create(node.number, (atMs) => replicas.finishStarts(atMs));
    const replicas: ReplicaSet = this.#resources.newReplicaSet((atMs) => timers.arm(timer, atMs));
    node.stations.push(replicas);
    node.resources.set(resource.station, this.#resources.addStation(replicas));
    const autoscaler = new Autoscaler(replicas, resource, timers, node);
    autoscaler.begin(nowMs);
    this.#autoscalers.set(replicas, autoscaler);
    return replicas;
  }
}
