import { describe, expect, it } from 'vitest';
import { CATALOG, COMPONENTS } from '../components/catalog.ts';
import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import type { Component, Surroundings } from '../execution/component.ts';
import {
  type Fault,
  NODE_KINDS,
  type NodeKind,
  parse,
  type Scenario,
  ScenarioSchema,
  type TopologyNode,
} from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { faultProblems } from './faults.ts';
import { scenarioProblems } from './scenario-check.ts';

const base = { id: 'f', atSeconds: 5, durationSeconds: 10 } as const;
const problems = (changes: Partial<Scenario>) =>
  scenarioProblems({ ...helloWorld, ...changes }, CATALOG).map(({ path }) => path);
const faulty = (...faults: readonly Fault[]) => problems({ faults });

describe("a scenario's faults", () => {
  it('strike what is there', () => {
    expect(faulty({ ...base, kind: 'crash', target: { node: 'web-1' } })).toEqual([]);
    expect(faulty({ ...base, kind: 'full-disk', target: { node: 'primary' } })).toEqual([]);
    expect(faulty({ ...base, kind: 'crash', target: { node: 'web-9' } })).toEqual([
      '/faults/0/target/node',
    ]);
    const link = { from: 'primary', to: 'web-1' };
    expect(faulty({ ...base, kind: 'loss', target: { link }, ratio: 1 })).toEqual([
      '/faults/0/target/link',
    ]);
    const nodes = ['web-1', 'web-9'];
    expect(faulty({ ...base, kind: 'partition', target: { nodes } })).toEqual([
      '/faults/0/target/nodes/1',
    ]);
  });

  it('fit what they strike', () => {
    expect(faulty({ ...base, kind: 'crash', target: { node: 'clients' } })).toHaveLength(1);
    expect(faulty({ ...base, kind: 'full-disk', target: { node: 'web-1' } })).toHaveLength(1);
    expect(faulty({ ...base, kind: 'spot-interruption', target: { node: 'web-1' } })).toHaveLength(
      1,
    );
    const lost = { id: 'l', kind: 'disk-loss', atSeconds: 5 } as const;
    expect(faulty({ ...lost, target: { node: 'web-1' } })).toEqual(['/faults/0/target/node']);
    expect(faulty({ ...lost, target: { node: 'primary' } })).toEqual([]);
    expect(faulty({ ...lost, target: { zone: 'c' } })).toEqual([]);
    const leak = { ...base, kind: 'leak', target: { node: 'web-1' }, mibPerRequest: 0 } as const;
    expect(faulty({ ...leak, mibPerSecond: 0 })).toEqual(['/faults/0/mibPerRequest']);
    expect(faulty({ ...leak, mibPerSecond: 1 })).toEqual([]);
  });

  it.each(NODE_KINDS)('fill the disk of a %s just when its steps need one', (kind) => {
    const component = (COMPONENTS as unknown as Record<NodeKind, Component>)[kind];
    const size = CATALOG[kind].sizes[0] ?? null;
    const node = { kind, id: 'it', size: 'S', position: { x: 0, y: 0 } } as TopologyNode;
    const around = {
      profile: DEFAULT_PROFILE,
      size,
      backgroundCores: 0,
      data: helloWorld.data,
      linked: () => true,
      targets: () => [],
    } as unknown as Surroundings;
    const steps = JSON.stringify(component.handlers?.(around, node) ?? {});
    const topology = { nodes: [...helloWorld.topology.nodes, node], links: [] };
    const full: Fault = { ...base, kind: 'full-disk', target: { node: 'it' } };
    const found = faultProblems({ ...helloWorld, topology, faults: [full] });
    expect(found.length === 0).toBe(steps.includes('need-disk'));
  });

  it('have names of their own', () => {
    const crash = { ...base, kind: 'crash', target: { node: 'web-1' } } as const;
    expect(faulty(crash, { ...crash, atSeconds: 50 })).toEqual(['/faults/1/id']);
  });

  it.each([
    [{ kind: 'slow', target: { node: 'web-1' }, factor: 0 }, '/faults/0/factor'],
    [{ kind: 'slow', target: { node: 'web-1' }, factor: Number.NaN }, '/faults/0/factor'],
    [{ kind: 'crash', target: { node: 'web-1' }, durationSeconds: 0 }, '/faults/0/durationSeconds'],
    [{ kind: 'crash', target: { node: 'web-1' }, atSeconds: -1 }, '/faults/0/atSeconds'],
    [{ kind: 'crash', target: { zone: 'a' } }, '/faults/0/target/node'],
    [{ kind: 'zone-loss', target: { zone: 'z' } }, '/faults/0/target/zone'],
    [{ kind: 'earthquake' }, '/faults/0/kind'],
  ])('are refused by the schema outside their bounds: %j', (wrong, path) => {
    const parsed = parse<Scenario>(ScenarioSchema, {
      ...helloWorld,
      faults: [{ ...base, ...wrong }],
    });
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toContain(path);
  });
});

describe("a scenario's releases", () => {
  const release = {
    version: 'v2',
    atSeconds: 0,
    demandFactor: 1,
    errorRatio: 0,
    leakMiBPerRequest: 0,
  };

  it('are each told once, and are those that nodes run', () => {
    const topology = {
      ...helloWorld.topology,
      nodes: helloWorld.topology.nodes.map((node) =>
        node.kind === 'vm-basic' ? { ...node, version: 'v2' } : node,
      ),
    };
    expect(problems({ topology, releases: [release] })).toEqual([]);
    expect(problems({ topology })).toEqual([
      expect.stringMatching(/^\/topology\/nodes\/\d\/version$/),
    ]);
    expect(problems({ releases: [release, release] })).toEqual(['/releases/1/version']);
  });
});
