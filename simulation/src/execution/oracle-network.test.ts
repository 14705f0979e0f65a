import { describe, expect, it } from 'vitest';
import {
  type Lab,
  meanMs,
  observeRuns,
  patient,
  QueueLab,
  servers,
  serves,
} from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { meanTimeMMc } from '../testing/theory.ts';
import type { Component } from './component.ts';
import { burst, call, forward } from './step.ts';

/**
 * Requests enter at one server; "query" ones go to four others in the middle and come back for a
 * second burst. Exponential everywhere: product form, each node as if its arrivals were Poisson.
 */
const entry: Component = {
  kind: 'vm-basic',
  routes: { back: [['sql-primary']] },
  resources: () => ({ cpu: servers(1) }),
  request: ({ operations }) =>
    operations.includes('read')
      ? [burst('cpu', 'app-read'), call('back', 'read'), burst('cpu', 'app-read')]
      : [burst('cpu', 'app-read')],
};
const front: Component = {
  kind: 'load-balancer',
  routes: { servers: [['vm-basic']] },
  resources: () => ({ cpu: servers(1) }),
  request: () => [burst('cpu', 'balancer-request'), forward('servers')],
};

const network: Lab = {
  components: {
    'load-balancer': front,
    'vm-basic': entry,
    'sql-primary': serves('sql-primary', 4, [burst('cpu', 'sql-read')]),
  },
  links: [
    { from: 'clients', to: 'load-balancer' },
    { from: 'load-balancer', to: 'vm-basic' },
    { from: 'vm-basic', to: 'sql-primary' },
  ],
  demands: {
    'balancer-request': { meanMs: 0.5, cv: 1 },
    'app-read': { meanMs: 0.4, cv: 1 },
    'sql-read': { meanMs: 4, cv: 1 },
  },
  classes: { page: patient('static'), query: patient('read') },
};

describe('a Jackson network', () => {
  const rate = 1.2;
  const queries = rate * 0.6;
  const throughEntry = rate + queries;
  const times = {
    front: 0.5 * meanTimeMMc(1, rate * 0.5),
    visit: 0.4 * meanTimeMMc(1, throughEntry * 0.4),
    back: 4 * meanTimeMMc(4, queries * 4),
  };

  it('has in each node the time of an M/M/c at the rate of the traffic equations', () => {
    const load = { perMs: rate, warmUpMs: 1_000, forMs: 15_000 };
    const shares = { page: 40, query: 60 };
    const runs = observeRuns(network, { ...load, shares }, (row) => ({
      all: meanMs(row('*')),
      back: meanMs(row('sql-primary')),
      entry: meanMs(row('vm-basic')),
      entryUtilisation: row('vm-basic').utilisation ?? 0,
      backUtilisation: row('sql-primary').utilisation ?? 0,
    }));
    const of = (name: keyof (typeof runs)[0]) => estimate(runs.map((run) => run[name]));
    const entryTime = times.visit * 1.6 + times.back * 0.6;
    expect(errorsOff(of('back'), times.back)).toBeLessThan(4);
    expect(errorsOff(of('entry'), entryTime)).toBeLessThan(4);
    expect(errorsOff(of('all'), times.front + entryTime)).toBeLessThan(4);
    expect(errorsOff(of('entryUtilisation'), throughEntry * 0.4)).toBeLessThan(4);
    expect(errorsOff(of('backUtilisation'), queries)).toBeLessThan(4);
  });

  it('adds the latency of every link, there and back', () => {
    const calm = { ...network, profile: { linkLatencyMs: 7 }, arrivals: 'uniform' as const };
    const run = new QueueLab(calm, 1);
    run.offer(0.001, { query: 1 });
    const row = run.run(1_000_000);
    const service = 0.5 + 2 * 0.4 + 4;
    expect(Math.abs(meanMs(row('*')) - 3 * 2 * 7 - service)).toBeLessThan(0.6);
    expect(Math.abs(meanMs(row('vm-basic')) - 2 * 7 - 4.8)).toBeLessThan(0.6);
  });
});
