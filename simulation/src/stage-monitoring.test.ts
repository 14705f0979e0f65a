import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import type { Engine } from './engine.ts';
import type { AlertHappening, Command, Drill, Scenario, Topology } from './protocol/index.ts';
import { inOperation, playedAgain, steadyStage } from './testing/steady-stage.ts';

const position = { x: 0, y: 0 };
const nodes: Topology['nodes'] = [
  { kind: 'clients', id: 'clients', position },
  { kind: 'load-balancer', id: 'lb', position, size: 'M', policy: 'round-robin' },
  { kind: 'vm-basic', id: 'web-1', position, size: 'M' },
  { kind: 'vm-basic', id: 'web-2', position, size: 'M' },
];
const watching: Topology['nodes'] = [
  ...nodes,
  { kind: 'monitoring', id: 'eye', position, size: 'S' },
];
const links = [
  { from: 'clients', to: 'lb' },
  { from: 'lb', to: 'web-1' },
  { from: 'lb', to: 'web-2' },
];
/** 30 requests a second for two servers, for a long time. */
function stage(changes: Partial<Scenario> = {}): Scenario {
  return steadyStage({ nodes: watching, links }, 30, { drills: true, ...changes });
}

function started(scenario: Scenario, profile = DEFAULT_PROFILE): Engine {
  return inOperation({ scenario, seed: 5, profile });
}

/** What is alerted to until a second. */
function alertsUntil(engine: Engine, second: number) {
  engine.advanceTo(second * 1000);
  return engine
    .takeEvents()
    .filter((event) => event.type === 'alert-raised' || event.type === 'alert-cleared')
    .map(({ type, alert, node, atMs }: AlertHappening & { atMs: number }) => {
      return `${atMs / 1000} ${type} ${alert} ${node}`;
    });
}

const crash = (node: string, durationSeconds: number | null): Command => {
  const fault: Drill = { id: `${node}-f`, kind: 'crash', target: { node }, durationSeconds };
  return { type: 'inject-fault', fault };
};

describe('the alerts of a stage', () => {
  it('come with the first scrape round after the deed, and go fifteen seconds after the first good round', () => {
    const engine = started(stage());
    expect(alertsUntil(engine, 11)).toEqual([]);
    engine.dispatch(crash('web-1', 20));
    expect(alertsUntil(engine, 100)).toEqual([
      '16 alert-raised node-down web-1',
      '46 alert-cleared node-down web-1',
    ]);
  });

  it('tell of an entrance that is down what clients see', () => {
    const engine = started(stage());
    alertsUntil(engine, 11);
    engine.dispatch(crash('lb', 20));
    expect(alertsUntil(engine, 100)).toEqual([
      '16 alert-raised error-ratio null',
      '16 alert-raised node-down lb',
      '46 alert-cleared node-down lb',
      '56 alert-cleared error-ratio null',
    ]);
  });

  it('tell of users who leave', () => {
    const users = { ...stage().users, churnPerSecond: 0.05 };
    const engine = started(stage({ users }));
    alertsUntil(engine, 11);
    engine.dispatch(crash('lb', null));
    const before = engine.snapshot().users;
    const alerts = alertsUntil(engine, 41);
    expect(engine.snapshot().users).toBeLessThan(0.7 * before);
    expect(alerts.filter((told) => told.includes('users-lost'))).toHaveLength(1);
  });

  it('tell of a deployment while it goes on', () => {
    const engine = started(stage());
    alertsUntil(engine, 11);
    engine.dispatch({
      type: 'deploy',
      version: 'v2',
      nodes: ['web-1', 'web-2'],
      strategy: 'rolling',
    });
    const [raised, cleared, ...others] = alertsUntil(engine, 100);
    expect(raised).toBe('16 alert-raised deployment null');
    expect(cleared).toMatch(/alert-cleared deployment null$/);
    expect(others).toEqual([]);
  });

  it('tell of a CPU that has been busy for five minutes', () => {
    const engine = started(stage({ arrivals: 'uniform' }));
    engine.dispatch({
      type: 'inject-fault',
      fault: {
        id: 's',
        kind: 'slow',
        target: { node: 'web-1' },
        factor: 15,
        durationSeconds: null,
      },
    });
    const alerts = alertsUntil(engine, 320).filter((told) => told.includes('cpu-high'));
    expect(alerts).toEqual(['301 alert-raised cpu-high web-1']);
  });
});

describe('without eyes', () => {
  it('nothing is told where there is no monitoring', () => {
    const engine = started(stage({ topology: { nodes, links } }));
    engine.dispatch(crash('web-1', 20));
    expect(alertsUntil(engine, 60)).toEqual([]);
  });

  it('nothing is told while monitoring is down, and what is still so afterwards', () => {
    const engine = started(stage());
    alertsUntil(engine, 11);
    engine.dispatch(crash('eye', 20));
    engine.dispatch(crash('web-1', null));
    expect(alertsUntil(engine, 60)).toEqual(['36 alert-raised node-down web-1']);
  });

  it('what was told is over when the last monitoring node is sold', () => {
    const engine = started(stage());
    engine.dispatch(crash('web-1', null));
    alertsUntil(engine, 11);
    engine.dispatch({ type: 'remove-node', id: 'eye' });
    expect(alertsUntil(engine, 60)).toEqual(['12 alert-cleared node-down web-1']);
  });

  it('an overloaded monitoring node is late', () => {
    const demands = { ...DEFAULT_PROFILE.demands, 'monitoring-scrape': { meanMs: 500, cv: 0 } };
    const engine = started(stage(), { ...DEFAULT_PROFILE, demands });
    alertsUntil(engine, 11);
    engine.dispatch(crash('web-1', null));
    // Four scrapes of 500 ms take 8 s on a quarter of a core.
    expect(alertsUntil(engine, 30)).toEqual(['13 alert-raised node-down web-1']);
  });
});

describe('a run with monitoring', () => {
  it('has the same hash when it is played again', () => {
    const engine = started(stage());
    engine.advanceTo(11_000);
    engine.dispatch(crash('web-1', 20));
    engine.advanceTo(70_000);
    const again = playedAgain(engine, { scenario: stage(), seed: 5 });
    expect(again.stateHash()).toBe(engine.stateHash());
  });
});
