import { shardOf } from '../policies/sharding.ts';
import type { Calls } from './calls.ts';
import type { Clock } from './clock.ts';
import { readCopy, writeCopy } from './copy-steps.ts';
import type { Holdings } from './holdings.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import { Leases } from './leases.ts';
import * as op from './program.ts';
import type { Request } from './request.ts';
import { WriteBack } from './write-back.ts';

/** Steps that take no time and drop no request: what they leave behind at a node, and where the request goes on. */
export class Effects {
  readonly #o: InterpreterOptions;
  readonly #clock: Clock;
  readonly #calls: Calls;
  readonly #leases: Leases;
  readonly #writeBack: WriteBack;

  constructor(options: InterpreterOptions, holdings: Holdings, calls: Calls) {
    this.#o = options;
    this.#clock = options.clock;
    this.#calls = calls;
    this.#leases = new Leases(options.resources, holdings);
    this.#writeBack = new WriteBack({ ...options, timers: options.resources.timers });
  }

  /** Does the step that begins at a word of the program. */
  take(request: Request, at: number): void {
    const { replication, deliveries } = this.#o;
    const { words } = this.#o.topology.text;
    const { nowMs } = this.#clock;
    const { node } = request.here;
    const first = words[at + 1] as number;
    switch (words[at]) {
      case op.LEAD:
        return this.#leases.lead(request, first);
      case op.GIVE_LEASE:
        return this.#leases.giveBack(request, nowMs);
      case op.HOLD_WRITE:
        request.hit = this.#writeBack.hold(node, request.item, nowMs);
        return;
      case op.FLUSHED:
        return this.#writeBack.flushed(node, request.item, nowMs);
      case op.READ_COPY:
        return readCopy(node, request.item, nowMs);
      case op.WRITE_COPY:
        return writeCopy(node, request.item, nowMs);
      case op.OBSERVE:
        return replication.read(node, request.item);
      case op.COMMIT:
        return replication.commit(request, first === 1, nowMs);
      case op.COMPOSE:
        return deliveries.compose(request, first);
      case op.TAKE_EFFECT:
        return deliveries.takeEffect(request);
      case op.LOSE_WRITE:
        return node.consistency.add('lostWrites', 1);
      case op.COMPENSATED:
        return node.consistency.add('compensations', 1);
      case op.KEEP:
        request.here.heldBefore = request.held.length;
        return;
      case op.EXPECT_SUCCESS:
        request.hit = true;
        return;
      case op.ASIDE:
        deliveries.goAside(request, words[at + 2] === 1, nowMs);
        request.position = first;
        return;
      case op.SHARD_BY_KEY:
        request.position = at + op.WORDS * (1 + shardOf(request.item, first));
        return;
      case op.SHARD_BY_CLASS:
        request.position = at + op.WORDS * (1 + classShardOf(request, first));
        return;
      case op.JUMP_IF_LINKED:
        if (this.#calls.leadsSomewhere(words[at + 2] as number)) request.position = first;
        return;
      default:
        throw new Error(`no step has the code ${words[at]}`);
    }
  }
}

/** Which of so many shards has a request's data when each class has its own; work behind a request names no class and goes by its row. */
function classShardOf({ requestClass, item }: Request, shards: number): number {
  return requestClass < 0 ? shardOf(item, shards) : requestClass % shards;
}
