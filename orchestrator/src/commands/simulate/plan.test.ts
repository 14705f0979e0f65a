import { CATALOG, DEFAULT_PROFILE, SCENARIOS } from '@project-devops/simulation';
import type { Scenario, Topology } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import type { Order } from './arguments.ts';
import { planOf } from './plan.ts';
import { subjectOf } from './subject.ts';

const stage = SCENARIOS[0] as Scenario;
const ORDER: Order = {
  file: 'a.yaml',
  output: 'table',
  seed: 7,
  arrivals: null,
  warmupSeconds: 0,
  ratePerSecond: null,
  extent: null,
  profile: null,
  trace: null,
};

function plan(value: unknown, order: Partial<Order> = {}) {
  const subject = subjectOf(value);
  if (!subject.ok) return { kind: 'unfit', problems: subject.problems };
  return planOf(subject.value, { ...ORDER, ...order }, DEFAULT_PROFILE);
}

const topologyFile = (changes: Partial<Topology> = {}) => ({
  format: 'project-devops/topology@1',
  ...stage.topology,
  ...changes,
});

describe('a scenario file', () => {
  it('runs to its end under its forecast', () => {
    expect(plan(stage, { warmupSeconds: 30 })).toMatchObject({
      kind: 'ready',
      measuring: {
        seed: 7,
        arrivals: 'poisson',
        warmupSeconds: 30,
        extent: { seconds: stage.durationSeconds - 30 },
        load: { length: 97, 0: { atSeconds: 0, ratePerSecond: 12 } },
      },
    });
  });

  it('runs under another load, law and length when asked', () => {
    const order = { ratePerSecond: 5, arrivals: 'uniform', extent: { requests: 9 } } as const;
    expect(plan(stage, order)).toMatchObject({
      measuring: {
        load: [{ atSeconds: 0, ratePerSecond: 5 }],
        arrivals: 'uniform',
        extent: { requests: 9 },
      },
    });
  });

  it('cannot warm up beyond its end without a length', () => {
    expect(plan(stage, { warmupSeconds: 480 })).toMatchObject({
      kind: 'fault',
      fault: expect.stringContaining('the scenario ends after 480 s'),
    });
    expect(plan(stage, { warmupSeconds: 480, extent: { seconds: 1 } }).kind).toBe('ready');
  });

  it('is refused when its load cannot bring the requests asked for', () => {
    const users = { ...stage.users, initial: 0 };
    expect(plan({ ...stage, users }, { extent: { requests: 5 } })).toMatchObject({
      kind: 'refused',
      problems: [{ path: '', expected: expect.stringContaining('brings 5 requests of users in') }],
    });
    const order = { extent: { requests: 5 }, ratePerSecond: 1 };
    expect(plan({ ...stage, users }, order).kind).toBe('ready');
  });

  it('is refused with the path of what is wrong in it', () => {
    expect(plan({ ...stage, durationSeconds: 'long' })).toMatchObject({
      kind: 'unfit',
      problems: [{ path: '/durationSeconds', expected: 'a number from 10 to 86400' }],
    });
    const topology = { ...stage.topology, links: [] };
    const refused = plan({ ...stage, topology });
    expect(refused).toMatchObject({ kind: 'refused', problems: { length: 4 } });
    expect(refused).toMatchObject({ problems: [{ path: '/topology/links' }, {}, {}, {}] });
  });
});

describe('a topology file', () => {
  it('needs a rate', () => {
    expect(plan(topologyFile())).toMatchObject({
      kind: 'fault',
      fault: expect.stringContaining('--rate REQUESTS_PER_SECOND'),
    });
  });

  it('runs for a minute with the first stage’s classes', () => {
    const ready = plan(topologyFile(), { ratePerSecond: 5 });
    const { classes, mix, data, topology } = stage;
    const extent = { seconds: 60 };
    expect(ready).toMatchObject({ measuring: { classes, mix, data, topology, extent } });
  });

  it.each<[string, Partial<Topology>, string, string]>([
    ['no clients', { nodes: [], links: [] }, '/nodes', 'exactly one node of kind clients'],
    [
      'a link its kinds do not allow',
      { links: [{ from: 'clients', to: 'primary' }] },
      '/links/0',
      `a link from clients to one of ${CATALOG.clients.linksTo.join(', ')}: primary is of kind sql-primary`,
    ],
    [
      'a link to nowhere',
      { links: [{ from: 'clients', to: 'web-9' }] },
      '/links/0',
      'a link between nodes of the file: it has no node web-9',
    ],
    [
      'a class that no path serves',
      { links: [{ from: 'clients', to: 'web-1' }] },
      '/links',
      'a link from web-1 to a node of kind sql-replica or sql-primary: no path serves the class browse',
    ],
  ])('is refused with %s', (_, changes, path, expected) => {
    const refused = plan(topologyFile(changes), { ratePerSecond: 5 });
    expect('problems' in refused ? refused.problems[0] : null).toEqual({ path, expected });
  });
});

describe('another file', () => {
  it.each([null, 'text', [], {}, { format: 'project-devops/run@1' }])('is refused: %j', (value) => {
    expect(plan(value)).toMatchObject({
      problems: [
        {
          path: '/format',
          expected: 'one of project-devops/scenario@1, project-devops/topology@1',
        },
      ],
    });
  });
});
