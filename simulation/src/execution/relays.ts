import { beginBackground } from './background.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Request } from './request.ts';
import type { RunningNode } from './running-node.ts';

/** Work that has to be begun again: at which node and step, and for which row. */
interface Unfinished {
  readonly node: RunningNode;
  readonly entry: number;
  readonly item: number;
}

/**
 * Background work that is noted on a disk: when it fails, or is interrupted by a crash, it begins again, as soon as its
 * own node is ready. A node that is taken away leaves it undone.
 */
export class Relays {
  readonly #o: Pick<InterpreterOptions, 'requests' | 'queue'>;
  /** Where each begins, while it is the same request. */
  readonly #entries = new Map<Request, { readonly generation: number; readonly entry: number }>();
  #unfinished: Unfinished[] = [];

  constructor(options: Pick<InterpreterOptions, 'requests' | 'queue'>) {
    this.#o = options;
  }

  /** Such work begins at the step where its request is. */
  began(request: Request): void {
    const { generation, position } = request;
    this.#entries.set(request, { generation, entry: position });
  }

  /** Background work of any kind has failed. */
  failed(request: Request, nowMs: number): void {
    const known = this.#entries.get(request);
    this.#entries.delete(request);
    if (known?.generation !== request.generation) return;
    const { item, root } = request;
    this.#unfinished.push({ node: root.node, entry: known.entry, item });
    this.goOn(nowMs);
  }

  /** Nodes have become ready, or stopped being it. */
  goOn(nowMs: number): void {
    if (this.#unfinished.length === 0) return;
    const unfinished = this.#unfinished;
    this.#unfinished = unfinished.filter(({ node }) => !node.ready);
    for (const one of unfinished) {
      if (one.node.ready) this.began(beginBackground(this.#o, one.node, one, nowMs));
    }
  }
}
