import {
  type ExporterConfiguration,
  ExporterConfigurationSchema,
  parse,
  type ServiceConfiguration,
  ServiceConfigurationSchema,
  type Topology,
} from '@project-devops/simulation/protocol';
import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type DesiredContainer, LABELS } from './desired.ts';
import { plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import { sampleLinks, sampleNode, samplePlan, sampleTopology } from './testing/sample-plan.ts';

function container(node: string, changes: Partial<PlanInput> = {}): DesiredContainer {
  const found = plan(samplePlan(changes)).containers.find((one) => one.node === node);
  if (found === undefined) throw new Error(`no container for ${node}`);
  return found;
}
const fingerprint = ({ spec }: DesiredContainer) => spec.labels[LABELS.fingerprint];
function told<T>(schema: TSchema, { configuration }: DesiredContainer): T {
  const parsed = parse<T>(schema, JSON.parse(configuration));
  if (!parsed.ok)
    throw new Error(parsed.problems.map(({ path, expected }) => `${path}: ${expected}`).join('\n'));
  return parsed.value;
}
const CALLS = { timeoutMs: 100 };
const service = (node: string, changes: Partial<PlanInput> = {}) =>
  told<ServiceConfiguration>(ServiceConfigurationSchema, container(node, changes));
const resized = (id: string, size: string): Topology => {
  const { nodes, links } = sampleTopology();
  return {
    nodes: nodes.map((node) => (node.id === id ? { ...node, size } : node)),
    links,
  } as Topology;
};

describe('a plan', () => {
  it('has a container for every node but the clients, and those that watch', () => {
    const { containers } = plan(samplePlan());
    expect(containers.map(({ node }) => node)).toEqual([
      'balancer',
      'db',
      'cache',
      'web-1',
      '_exporter',
      '_prometheus',
    ]);
  });

  it('refuses call options and load shedding, which containers do not have', () => {
    const { nodes, links } = sampleTopology();
    const guarded = links.map((link) => (link.from === 'web-1' ? { ...link, calls: CALLS } : link));
    const refused = (topology: Topology) => () => plan(samplePlan({ topology }));
    expect(refused({ nodes, links: guarded })).toThrow(/cannot run web-1 yet: .* circuit breakers/);
    expect(refused({ nodes, links: guarded })).toThrow(
      expect.objectContaining({
        remedy: expect.stringMatching(
          /^Take the call options off the link from web-1 to .*, or stay/,
        ),
      }),
    );
    const shedding = nodes.map((node) =>
      node.kind === 'vm-basic' ? { ...node, shedding: { targetMs: 50 } } : node,
    );
    expect(refused({ nodes: shedding, links })).toThrow(/cannot run web-1 yet: .* shed load/);
    expect(refused({ nodes: shedding, links })).toThrow(
      expect.objectContaining({
        remedy: 'Turn load shedding off at web-1, or stay with the simulation.',
      }),
    );
  });

  it('is the same for the same input', () => {
    expect(plan(samplePlan())).toEqual(plan(samplePlan()));
  });

  it('labels each container with its session, node and heartbeat', () => {
    expect(container('web-1').spec.labels).toMatchObject({
      [LABELS.session]: 'sample',
      [LABELS.node]: 'web-1',
      [LABELS.heartbeat]: '/tmp/heartbeats/sample',
    });
  });

  it('publishes a port of Prometheus only', () => {
    const { containers } = plan(samplePlan());
    const published = containers.filter(({ spec }) => spec.published.length > 0);
    expect(published.map(({ node, spec }) => [node, spec.published])).toEqual([
      ['_prometheus', [9090]],
    ]);
  });

  it('divides the CPU limits of the nodes by the scale, and memory by nothing', () => {
    expect(container('web-1', { scale: 4 }).spec).toMatchObject({
      cpuMillicores: 63,
      memoryMiB: 128,
    });
    expect(container('web-1', { scale: 64 }).spec.cpuMillicores).toBe(10);
    expect(container('_prometheus', { scale: 4 }).spec.cpuMillicores).toBe(200);
  });

  it('gives no image less memory than it runs in', () => {
    expect(container('db').spec.memoryMiB).toBe(256);
    expect(container('db', { topology: resized('db', 'XL') }).spec.memoryMiB).toBe(1_024);
  });

  it('starts the stores first and configures the observers last', () => {
    expect(['db', 'web-1', 'balancer', '_exporter'].map((node) => container(node).rank)).toEqual([
      0, 1, 2, 3,
    ]);
  });
});

describe('a fingerprint', () => {
  it('stays when only what can be changed live changes', () => {
    for (const node of ['db', 'web-1', 'cache', 'balancer']) {
      const before = fingerprint(container(node));
      expect(fingerprint(container(node, { topology: resized(node, 'L') }))).toBe(before);
      expect(fingerprint(container(node, { topology: sampleTopology(3) }))).toBe(before);
      expect(fingerprint(container(node, { scale: 2 }))).toBe(before);
    }
  });

  it('changes with the image, the password and the data that a store was made with', () => {
    const before = fingerprint(container('db'));
    const data = { ...samplePlan().data, items: 5 };
    const images = { ...samplePlan().images, postgres: 'project-devops/postgres:newer' };
    for (const change of [{ data }, { images }, { storePassword: 'other' }]) {
      expect(fingerprint(container('db', change))).not.toBe(before);
    }
  });
});

describe('a server', () => {
  it('is told what the schema allows, with the links it has', () => {
    expect(service('web-1')).toMatchObject({
      node: 'web-1',
      workers: 1,
      backlog: 128,
      writes: { node: 'db', host: 'db' },
      reads: [{ node: 'db' }],
      caches: [{ node: 'cache' }],
    });
  });

  it('reads from the replicas when there are any, and writes to the primary', () => {
    const { nodes, links } = sampleTopology();
    const topology = {
      nodes: [...nodes, sampleNode('copy', 'sql-replica')],
      links: [...links, ...sampleLinks('db>copy', 'web-1>copy')],
    };
    expect(service('web-1', { topology })).toMatchObject({
      writes: { node: 'db' },
      reads: [{ node: 'copy' }],
    });
  });

  it('is told its caches in the order of their names, so that all services agree on where an item is', () => {
    const { nodes, links } = sampleTopology();
    const topology = {
      nodes: [...nodes, sampleNode('a-cache', 'cache')],
      links: [...links, ...sampleLinks('web-1>a-cache')],
    };
    expect(service('web-1', { topology }).caches).toMatchObject([
      { node: 'a-cache' },
      { node: 'cache' },
    ]);
  });

  it('runs without stores, and fails what needs one', () => {
    const topology = { ...sampleTopology(), links: sampleLinks('clients>balancer') };
    expect(service('web-1', { topology })).toMatchObject({ writes: null, reads: [], caches: [] });
  });

  it('works on as many bursts at once as the scaled limit has whole cores, at least one', () => {
    const topology = resized('web-1', 'XL');
    expect(service('web-1', { topology }).workers).toBe(2);
    expect(service('web-1', { topology, scale: 4 }).workers).toBe(1);
  });

  it('draws its own numbers', () => {
    const topology = sampleTopology(2);
    expect(service('web-1', { topology }).seed).not.toBe(service('web-2', { topology }).seed);
  });
});

describe('a store', () => {
  it('is told its role and how many connections its size has', () => {
    expect(container('db').configuration.split('\n')).toEqual([
      'role=primary',
      'items=10000',
      'hot_rows=100',
      'max_connections=20',
    ]);
  });

  it('is a replica of the primary that is linked to it, and nothing without one', () => {
    const { nodes, links } = sampleTopology();
    const withCopy = [...nodes, sampleNode('copy', 'sql-replica')];
    const linked = { nodes: withCopy, links: [...links, ...sampleLinks('db>copy')] };
    expect(container('copy', { topology: linked }).configuration).toBe(
      'role=replica\nprimary=db\nmax_connections=20',
    );
    const { containers } = plan(samplePlan({ topology: { nodes: withCopy, links } }));
    expect(containers.map(({ node }) => node)).not.toContain('copy');
  });

  it('may use as much memory for a cache as the model has items', () => {
    const [first] = container('cache').configuration.split('\n');
    const bytes = Number(first?.replace('maxmemory ', ''));
    expect(bytes / 4_096).toBeGreaterThan(20_560);
    expect(bytes).toBeLessThan(container('cache').spec.memoryMiB * 1_048_576);
  });
});

describe('the observers', () => {
  it('scrape every server and balancer by name, and the exporter with the labels it gives', () => {
    const { scrape_configs: jobs } = parseYaml(container('_prometheus').configuration);
    expect(jobs.map((job: { job_name: string }) => job.job_name)).toEqual([
      'balancer',
      'web-1',
      '_exporter',
      '_prometheus',
    ]);
    expect(jobs[1]).toEqual({
      job_name: 'web-1',
      static_configs: [{ targets: ['web-1:9100'], labels: { node: 'web-1' } }],
    });
    expect(jobs[2]).toMatchObject({ honor_labels: true });
  });

  it('ask every store', () => {
    const { stores } = told<ExporterConfiguration>(
      ExporterConfigurationSchema,
      container('_exporter'),
    );
    expect(stores).toEqual([
      { node: 'db', host: 'db', kind: 'sql-primary' },
      { node: 'cache', host: 'cache', kind: 'cache' },
    ]);
  });
});
