import { CAUSES } from '../protocol/index.ts';
import type { Deliveries } from './deliveries.ts';
import type { Interpreter } from './interpreter.ts';
import type { Replication } from './replication.ts';
import type { Request } from './request.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningNode } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

const NODE_DOWN = CAUSES.indexOf('node-down');

/** What nodes and their requests go through when a node stops, goes or changes its kind. */
export class Interruptions {
  readonly #topology: RunningTopology;
  readonly #requests: RequestTable;
  readonly #interpreter: Interpreter;
  readonly #replication: Replication;
  readonly #deliveries: Deliveries;

  constructor(parts: {
    readonly topology: RunningTopology;
    readonly requests: RequestTable;
    readonly interpreter: Interpreter;
    readonly replication: Replication;
    readonly deliveries: Deliveries;
  }) {
    this.#topology = parts.topology;
    this.#requests = parts.requests;
    this.#interpreter = parts.interpreter;
    this.#replication = parts.replication;
    this.#deliveries = parts.deliveries;
  }

  /** Takes a node out of service for a cause; what it holds is lost. */
  stop(node: RunningNode, cause: number, nowMs: number): void {
    this.#topology.takeDown(node);
    this.#deliveries.stopped(node, nowMs);
    const lost = node.store?.clear() ?? 0;
    node.places?.clear(nowMs);
    if (lost > 0) node.consistency.add('lostWrites', lost);
    this.#abandonAt(node, cause, nowMs);
  }

  /** A node has left the topology. */
  remove(node: RunningNode, nowMs: number): void {
    this.#abandonAt(node, NODE_DOWN, nowMs);
    this.#replication.removed(node, nowMs);
  }

  /** A node goes on as another kind, after its start-up time when `starting`; calls that it has begun go on. */
  promote(node: RunningNode, starting: boolean, nowMs: number): void {
    this.#replication.promoted(node, nowMs);
    for (const request of this.#requests.atNodes()) {
      const isBackground = request.requestClass < 0;
      if (isBackground && request.root.node === node) this.#interpreter.abandon(request, NODE_DOWN);
    }
    if (starting) this.#topology.startUp(node, nowMs);
  }

  #abandonAt(node: RunningNode, cause: number, nowMs: number): void {
    this.#replication.interrupted(node, nowMs);
    for (const request of this.#requests.atNodes()) {
      if (isAt(request, node)) this.#interpreter.abandon(request, cause);
    }
  }
}

/** Whether a node has a part in a request now. */
function isAt(request: Request, node: RunningNode): boolean {
  for (let frame = request.frame; frame !== null; frame = frame.outer) {
    if (frame.node === node) return true;
  }
  return false;
}
