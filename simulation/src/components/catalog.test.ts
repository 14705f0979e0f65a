import { describe, expect, it } from 'vitest';
import type { Component } from '../execution/component.ts';
import { NODE_KINDS, type NodeKind, SIZES, type SizeEntry } from '../protocol/index.ts';
import { CATALOG, COMPONENTS } from './catalog.ts';

const components = COMPONENTS as unknown as Readonly<Record<string, Component>>;

/** What it costs while it works: by the hour, or by its use. */
function runningCost({ costPerHour, usagePrice }: SizeEntry): number {
  return usagePrice?.perThousandSeconds ?? costPerHour;
}

describe.each(NODE_KINDS)('the catalog on %s', (kind) => {
  const { sizes, linksTo, startupMs } = CATALOG[kind];

  it('has its own name in every map', () => {
    expect([CATALOG[kind].kind, components[kind]?.kind]).toEqual([kind, kind]);
  });

  it('lets links lead just where the component sends calls', () => {
    const routes = Object.values(components[kind]?.routes ?? {});
    expect([...new Set(routes.flat(2))].sort()).toEqual([...linksTo].sort());
  });

  it('asks more than twice the money for twice the machine, which holds no fewer requests', () => {
    for (const [i, size] of sizes.entries()) {
      expect(size.size).toBe(SIZES[i]);
      const smaller = sizes[i - 1];
      if (smaller === undefined) continue;
      expect(size.cpuMillicores).toBe(2 * smaller.cpuMillicores);
      expect(size.memoryMiB).toBe(2 * smaller.memoryMiB);
      expect(size.price).toBeGreaterThan(2 * smaller.price);
      expect(runningCost(size)).toBeGreaterThan(2 * runningCost(smaller));
      expect(size.connections).toBeGreaterThanOrEqual(smaller.connections);
    }
  });

  it('is bought in sizes and takes time to start, but for the clients', () => {
    expect(sizes).toHaveLength(kind === 'clients' ? 0 : SIZES.length);
    expect(startupMs > 0).toBe(kind !== 'clients');
  });
});

/** The kinds that links from a kind may lead to, one after another. */
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

describe('what the link rules allow', () => {
  it('goes round in a circle only between databases that repeat each other’s writes', () => {
    expect(NODE_KINDS.filter((kind) => reachable(kind).has(kind))).toEqual(['sql-primary']);
  });
});
