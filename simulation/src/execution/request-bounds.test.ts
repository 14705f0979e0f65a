import { describe, expect, it } from 'vitest';
import { CATALOG, COMPONENTS } from '../components/catalog.ts';
import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import { KINDS } from '../game-kinds.ts';
import {
  CACHE_STRATEGIES,
  CONSISTENCIES,
  NODE_KINDS,
  NOSQL_MODELS,
  type NodeKind,
  QUERIES,
  type RequestClass,
  type TopologyNode,
} from '../protocol/index.ts';
import { type Component, routeTo, type Surroundings } from './component.ts';
import { withoutMessages } from './messages.ts';
import { MAX_DEPTH, MAX_HELD } from './request-table.ts';
import type { Handler, Step } from './step.ts';

/** The most operations that a class may have. */
const MOST_OPERATIONS = 16;
const DATABASES = MOST_OPERATIONS;
const position = { x: 0, y: 0 };

type Asked = RequestClass | Handler;

/** How many frames a program opens with its own, how much is held at most in them, and what it leaves with its caller. */
interface Need {
  readonly depth: number;
  readonly held: number;
  readonly kept: number;
}

/** What work needs that starts by itself, apart from the request that set it off. */
type Note = (need: Need) => void;

/** Needs of programs in a city of every kind, each linked to every kind it may lead to. */
class City {
  readonly #nodes: readonly TopologyNode[];
  readonly #path: string[] = [];
  /** By kind and what is asked of it: nodes of a kind are alike. */
  readonly #known = new Map<string, Need>();
  readonly #aside: Note;

  constructor(options: Readonly<Partial<Record<NodeKind, object>>>, aside: Note) {
    this.#nodes = NODE_KINDS.flatMap((kind) =>
      Array.from({ length: kind === 'sql-primary' ? DATABASES : 1 }, (_, i) => {
        const node = {
          kind,
          id: `${kind}-${i}`,
          position,
          size: 'S',
          eviction: 'lru',
          policy: 'round-robin',
        };
        return { ...node, ...options[kind] } as unknown as TopologyNode;
      }),
    );
    this.#aside = aside;
  }

  nodeOf(kind: NodeKind): TopologyNode {
    return this.#nodes.find((node) => node.kind === kind) as TopologyNode;
  }

  needOf(node: TopologyNode, asked: Asked): Need {
    const name = `${node.kind} ${typeof asked === 'string' ? asked : asked.operations.join()}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#path.includes(name)) throw new Error(`a cycle: ${[...this.#path, name].join(' > ')}`);
    this.#path.push(name);
    const need = this.#walk(this.#stepsOf(node, asked), node, asked);
    this.#path.pop();
    this.#known.set(name, need);
    return need;
  }

  #walk(steps: readonly Step[], node: TopologyNode, asked: Asked): Need {
    let [depth, held, most, kept] = [1, 0, 0, 0];
    const inner = (need: Need) => {
      depth = Math.max(depth, need.depth);
      most = Math.max(most, held + need.held);
    };
    for (const step of steps) {
      switch (step.do) {
        case 'take':
        case 'occupy':
        case 'lock':
          held++;
          break;
        case 'lease':
          held++;
          kept = held;
          break;
        case 'give':
        case 'give-lease':
          held--;
          break;
        case 'keep':
          kept = held;
          break;
        case 'call': {
          const next = step.handler ?? (step.isRest === true ? rest(asked) : asked);
          const needs = this.#targets(node, step.route).map((target) => this.needOf(target, next));
          for (const need of needs) inner({ ...need, depth: need.depth + 1 });
          held += Math.max(0, ...needs.map((need) => need.kept));
          break;
        }
        case 'hand-over': {
          const need = this.needOf(this.nodeOf('worker'), 'consume');
          inner({ ...need, depth: need.depth + 1 });
          break;
        }
        case 'unless-hit': {
          const need = this.#walk(step.steps, node, asked);
          inner(need);
          kept = Math.max(kept, need.kept);
          break;
        }
        case 'shard':
          for (const shard of step.shards) {
            const need = this.#walk(shard, node, asked);
            inner(need);
            kept = Math.max(kept, need.kept);
          }
          break;
        case 'aside':
        case 'until-hit':
          this.#aside(this.#walk(step.steps, node, asked));
          break;
        default:
          break;
      }
      most = Math.max(most, held);
    }
    return { depth, held: most, kept };
  }

  #stepsOf(node: TopologyNode, asked: Asked): readonly Step[] {
    const component = COMPONENTS[node.kind] as unknown as Component;
    const around = this.#surroundings(node);
    const steps =
      typeof asked === 'string'
        ? component.handlers?.(around, node)[asked]
        : component.request?.(asked, around, { node, className: 'class' });
    return steps ?? [];
  }

  #surroundings(node: TopologyNode): Surroundings {
    return {
      profile: DEFAULT_PROFILE,
      size: KINDS.sizeEntry(node),
      backgroundCores: 0,
      data: { items: 10 },
      linked: (route) => this.#targets(node, route).length > 0,
      targets: (route) => this.#targets(node, route),
    };
  }

  #targets(node: TopologyNode, route: string): readonly TopologyNode[] {
    const { routes } = COMPONENTS[node.kind] as Component;
    const kinds = routes[route]?.flat();
    return this.#nodes.filter((target) =>
      kinds === undefined
        ? route === routeTo(target.id)
        : kinds.includes(target.kind) && CATALOG[node.kind].linksTo.includes(target.kind),
    );
  }
}

function rest(asked: Asked): Asked {
  return typeof asked === 'string' ? asked : withoutMessages(asked);
}

/** Every way of all that a program's steps depend on. */
function* cities(aside: Note): Generator<{ city: City; requestClass: RequestClass }> {
  const timing = { revenue: 0, onTimeMs: 500, timeoutMs: 3_000 };
  for (const strategy of CACHE_STRATEGIES) {
    for (const model of NOSQL_MODELS) {
      for (const isPlain of [true, false]) {
        const options = {
          cache: { strategy, coalescing: !isPlain },
          nosql: { model },
          queue: { acks: isPlain ? 'none' : 'all' },
          'sql-primary': isPlain
            ? {}
            : {
                shards: { by: 'key', count: 2 },
                synchronousCommit: true,
                synchronousReplication: true,
              },
          'vm-basic': { shedding: isPlain ? null : { targetMs: 5 } },
          'api-gateway': { rateLimit: isPlain ? null : { perSecond: 1, burst: 1 } },
        };
        for (const consistency of [undefined, ...CONSISTENCIES]) {
          for (const query of QUERIES) {
            for (const deferrable of [true, false]) {
              const how = { ...timing, query, deferrable, ...(consistency && { consistency }) };
              const writes = Array.from({ length: MOST_OPERATIONS - 1 }, () => 'write' as const);
              yield {
                city: new City(options, aside),
                requestClass: { ...how, operations: [...writes, 'read'] },
              };
              yield {
                city: new City(options, aside),
                requestClass: { ...how, operations: ['write', ...writes] },
              };
              yield {
                city: new City(options, aside),
                requestClass: { ...how, operations: ['message', ...writes] },
              };
            }
          }
        }
      }
    }
  }
}

/** The most that a client's request and any work that nobody asked for may need. */
function worst(): Need {
  let [depth, held] = [0, 0];
  const note: Note = (need) => {
    depth = Math.max(depth, need.depth);
    held = Math.max(held, need.held);
  };
  for (const { city, requestClass } of cities(note)) {
    note(city.needOf(city.nodeOf('clients'), requestClass));
    note(city.needOf(city.nodeOf('queue'), 'deliver'));
    note(city.needOf(city.nodeOf('cache'), 'flush'));
    note(city.needOf(city.nodeOf('sql-primary'), 'apply'));
    note(city.needOf(city.nodeOf('sql-replica'), 'apply'));
  }
  return { depth, held, kept: 0 };
}

describe('what the link rules allow', () => {
  it('goes round in a circle only between databases that repeat each other’s writes', () => {
    const circles = NODE_KINDS.filter((kind) => reachable(kind).has(kind));
    expect(circles).toEqual(['sql-primary']);
  });

  it('keeps every request within the depth and the holdings that its row has room for', () => {
    const { depth, held } = worst();
    // clients, CDN, firewall, gateway, balancer, socket gateway, application, cache, database
    expect(depth).toBe(9);
    expect(depth).toBeLessThanOrEqual(MAX_DEPTH);
    // a place at each of five nodes, a pooled connection, and a connection and a row in each of 16 databases;
    // behind a socket gateway one operation is a message
    expect(held).toBe(5 + 1 + 2 * DATABASES);
    expect(held).toBeLessThanOrEqual(MAX_HELD);
  });
});

function reachable(from: NodeKind): ReadonlySet<NodeKind> {
  const found = new Set<NodeKind>();
  const go = (kind: NodeKind) => {
    for (const next of CATALOG[kind].linksTo) {
      if (found.has(next)) continue;
      found.add(next);
      go(next);
    }
  };
  go(from);
  return found;
}
