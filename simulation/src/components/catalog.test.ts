import { describe, expect, it } from 'vitest';
import type { Component } from '../execution/component.ts';
import { NODE_KINDS, SIZES } from '../protocol/index.ts';
import { CATALOG, COMPONENTS } from './catalog.ts';

const components = COMPONENTS as unknown as Readonly<Record<string, Component>>;

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
      expect(size.costPerHour).toBeGreaterThan(2 * smaller.costPerHour);
      expect(size.connections).toBeGreaterThanOrEqual(smaller.connections);
    }
  });

  it('is bought in sizes and takes time to start, but for the clients', () => {
    expect(sizes).toHaveLength(kind === 'clients' ? 0 : SIZES.length);
    expect(startupMs > 0).toBe(kind !== 'clients');
  });
});
