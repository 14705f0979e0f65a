import { describe, expect, it } from 'vitest';
import type { AlertId } from '../protocol/index.ts';
import {
  type Figures,
  type NodeSighting,
  nextAlerts,
  type Sighting,
  type WatchedAlert,
} from './alerting.ts';

const ROUND_MS = 5_000;
const idle: Figures = {
  served: 1_000,
  failed: 0,
  poolExhausted: 0,
  utilisation: 0.1,
  queueDepth: 0,
  consumerLag: 0,
};
const quiet = { service: idle, users: 100, mostUsers: 100, isDeploying: false };

interface Round extends Partial<Sighting> {
  /** What is told of the node `web`, beside that it is idle and there. */
  readonly web?: Partial<NodeSighting>;
}

const told = (type: string, alert: AlertId, node: string | null) => `${type} ${alert} ${node}`;

/** What is told by round, one every five seconds. */
function play(rounds: readonly Round[]): string[][] {
  let alerts: readonly WatchedAlert[] = [];
  return rounds.map(({ web = {}, ...round }, i) => {
    const seen: Sighting = {
      ...quiet,
      sinceMs: i * ROUND_MS,
      atMs: (i + 1) * ROUND_MS,
      nodes: [{ id: 'web', isDown: false, ...idle, ...web }],
      ...round,
    };
    const judged = nextAlerts(alerts, seen);
    alerts = judged.alerts;
    return judged.happenings.map(({ type, alert, node }) => told(type, alert, node));
  });
}

/** By alert: what raises it, what just does not, and what is between being raised and being over. */
const CASES: Partial<Record<AlertId, { bad: Round; fair: Round; between?: Round }>> = {
  'node-down': { bad: { web: { isDown: true } }, fair: {} },
  'pool-exhausted': { bad: { web: { poolExhausted: 1 } }, fair: {} },
  'consumer-lag': {
    bad: { web: { consumerLag: 10_001 } },
    fair: { web: { consumerLag: 10_000 } },
    between: { web: { consumerLag: 5_001 } },
  },
  'queue-depth': {
    bad: { web: { queueDepth: 1_001 } },
    fair: { web: { queueDepth: 1_000 } },
    between: { web: { queueDepth: 501 } },
  },
  'error-ratio': {
    bad: { service: { ...idle, served: 949, failed: 51 } },
    fair: { service: { ...idle, served: 950, failed: 50 } },
    between: { service: { ...idle, served: 974, failed: 26 } },
  },
  'users-lost': { bad: { users: 69 }, fair: { users: 70 }, between: { users: 79 } },
  deployment: { bad: { isDeploying: true }, fair: {} },
};
const SERVICE_ALERTS = ['error-ratio', 'users-lost', 'deployment'];

describe.each(Object.entries(CASES))('%s', (name, { bad, fair, between = bad }) => {
  const alert = name as AlertId;
  const node = SERVICE_ALERTS.includes(name) ? null : 'web';
  const raised = [told('alert-raised', alert, node)];
  const cleared = [told('alert-cleared', alert, node)];

  it('is raised at once and not again, and is over after fifteen quiet seconds', () => {
    expect(play([fair, fair, bad, bad, {}, {}, {}, {}, {}])).toEqual([
      [],
      [],
      raised,
      ...[[], [], [], []],
      cleared,
      [],
    ]);
  });

  it('does not flap', () => {
    expect(play([bad, {}, bad, {}, between, {}, {}, {}, {}, {}]).flat()).toEqual([
      ...raised,
      ...cleared,
    ]);
  });
});

describe('cpu-high', () => {
  const busy = { web: { utilisation: 0.81 } };
  const raised = [told('alert-raised', 'cpu-high', 'web')];
  const times = (n: number, round: Round) => Array.from({ length: n }, () => round);

  it('is raised after five busy minutes', () => {
    const news = play(times(60, busy));
    expect(news.slice(0, 59).flat()).toEqual([]);
    expect(news[59]).toEqual(raised);
  });

  it('is not raised when they are interrupted', () => {
    expect(play([...times(59, busy), {}, ...times(59, busy)]).flat()).toEqual([]);
  });

  it('goes on while the CPU is nearly as busy', () => {
    const nearly = { web: { utilisation: 0.71 } };
    expect(play([...times(60, busy), ...times(20, nearly)]).flat()).toEqual(raised);
    expect(play([...times(60, busy), ...times(4, { web: { utilisation: 0.7 } })])[63]).toEqual([
      told('alert-cleared', 'cpu-high', 'web'),
    ]);
  });
});

describe('alerts', () => {
  it('of a node that is gone are over', () => {
    expect(play([{ web: { isDown: true } }, { nodes: [] }])[1]).toEqual([
      told('alert-cleared', 'node-down', 'web'),
    ]);
  });

  it('are not raised over a handful of failed requests', () => {
    expect(play([{ service: { ...idle, served: 0, failed: 19 } }]).flat()).toEqual([]);
  });

  it('have the level of their kind', () => {
    const seen = { ...quiet, sinceMs: 0, atMs: 1, nodes: [], users: 1, isDeploying: true };
    const levels = nextAlerts([], seen).happenings.map(({ alert, level }) => [alert, level]);
    expect(levels).toEqual([
      ['users-lost', 'critical'],
      ['deployment', 'info'],
    ]);
  });
});
