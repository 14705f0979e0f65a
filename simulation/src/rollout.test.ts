import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import { createEngine, type Engine } from './engine.ts';
import {
  type Command,
  errorCount,
  type Release,
  type Scenario,
  type Strategy,
  type Topology,
} from './protocol/index.ts';
import { inOperation, RELEASE, steadyStage } from './testing/steady-stage.ts';

const position = { x: 0, y: 0 };
const WEBS = ['web-1', 'web-2', 'web-3', 'web-4'];

/** Four servers behind a balancer, each far from its limits. */
const topology: Topology = {
  nodes: [
    { kind: 'clients', id: 'clients', position },
    { kind: 'load-balancer', id: 'balancer', position, size: 'M', policy: 'round-robin' },
    ...WEBS.map((id) => ({ kind: 'vm-basic', id, position, size: 'M' }) as const),
  ],
  links: [{ from: 'clients', to: 'balancer' }, ...WEBS.map((to) => ({ from: 'balancer', to }))],
};

function scenarioWith(changes: Partial<Release> = {}): Scenario {
  return steadyStage(topology, 60, { releases: [{ ...RELEASE, ...changes }] });
}

const started = (scenario: Scenario, seed = 1) => inOperation({ scenario, seed });

const deploy = (strategy: Strategy, nodes = WEBS): Command => ({
  type: 'deploy',
  version: 'v2',
  nodes,
  strategy,
  watchSeconds: 30,
});

const versions = (engine: Engine) =>
  engine
    .snapshot()
    .topology.nodes.flatMap((node) => (node.kind === 'vm-basic' ? [node.version ?? 'v1'] : []));

const errors = (engine: Engine) => errorCount(engine.snapshot().totals.errors);

const said = (engine: Engine, ...types: readonly string[]) =>
  engine.takeEvents().filter(({ type }) => types.includes(type));

describe('a rolling deployment', () => {
  it('loses no request', () => {
    const engine = started(scenarioWith());
    engine.advanceTo(5_300);
    expect(engine.dispatch(deploy('rolling'))).toEqual({ ok: true, undo: [] });
    engine.advanceTo(60_000);
    expect(versions(engine)).toEqual(['v2', 'v2', 'v2', 'v2']);
    expect(errors(engine)).toBe(0);
    expect(engine.snapshot().totals.served).toBeGreaterThan(3_000);
    expect(said(engine, 'deployment-began', 'deployment-ended')).toMatchObject([
      { version: 'v2', strategy: 'rolling', count: 4 },
      { version: 'v2', outcome: 'done' },
    ]);
  });

  it('has one node at most out of service at a time', () => {
    const engine = started(scenarioWith());
    engine.dispatch(deploy('rolling'));
    for (let atMs = 250; atMs <= 30_000; atMs += 250) {
      engine.advanceTo(atMs);
      const out = engine.snapshot().nodes.filter(({ state }) => state !== 'ready');
      expect(out.length).toBeLessThanOrEqual(1);
    }
    expect(engine.snapshot().deployment).toMatchObject({ state: 'over', isTakenBack: false });
  });
});

describe('a big bang', () => {
  it('loses what is in flight and all that comes before the nodes are back', () => {
    const engine = started(scenarioWith());
    engine.advanceTo(5_300);
    engine.dispatch(deploy('big-bang'));
    engine.advanceTo(60_000);
    expect(versions(engine)).toEqual(['v2', 'v2', 'v2', 'v2']);
    // Three seconds of start-up under 60 requests a second, with four standard deviations to either side.
    expect(Math.abs(errors(engine) - 180)).toBeLessThan(4 * Math.sqrt(180));
  });
});

describe('a blue-green deployment', () => {
  it('loses no request, costs both sets while both are there, and leaves the new one', () => {
    const engine = started(scenarioWith());
    const costPerHour = () => engine.snapshot().costPerHour;
    const before = costPerHour();
    engine.advanceTo(5_300);
    engine.dispatch(deploy('blue-green'));
    expect(costPerHour()).toBeCloseTo(before + 4 * 7, 9);
    engine.advanceTo(20_000);
    expect(versions(engine)).toEqual(['v1', 'v1', 'v1', 'v1', 'v2', 'v2', 'v2', 'v2']);
    engine.advanceTo(60_000);
    expect(versions(engine)).toEqual(['v2', 'v2', 'v2', 'v2']);
    expect(costPerHour()).toBeCloseTo(before, 9);
    expect(errors(engine)).toBe(0);
  });

  it('goes back at once to the set that was kept, and loses nothing by that', () => {
    const engine = started(scenarioWith());
    engine.dispatch(deploy('blue-green'));
    engine.advanceTo(20_300);
    expect(engine.dispatch({ type: 'roll-back' })).toEqual({ ok: true, undo: [] });
    const links = engine.snapshot().topology.links.filter(({ from }) => from === 'balancer');
    expect(links.map(({ to }) => to)).toEqual(WEBS);
    engine.advanceTo(40_000);
    expect(versions(engine)).toEqual(['v1', 'v1', 'v1', 'v1']);
    expect(errors(engine)).toBe(0);
    expect(engine.dispatch({ type: 'roll-back' })).toMatchObject({
      refusal: { code: 'nothing-to-roll-back' },
    });
  });
});

describe('a blue-green deployment beside trading', () => {
  it('brings no money: of each pair one is only lent, which is neither sold nor made smaller', () => {
    const engine = started(scenarioWith());
    engine.dispatch(deploy('blue-green', ['web-1']));
    const refused = { ok: false, refusal: { code: 'deployment-under-way', subject: 'v2' } };
    for (const atMs of [0, 10_000, 30_000]) {
      engine.advanceTo(atMs);
      for (const id of ['web-1', 'web-1-2']) {
        expect(engine.dispatch({ type: 'remove-node', id })).toEqual(refused);
        expect(engine.dispatch({ type: 'resize-node', id, size: 'S' })).toEqual(refused);
      }
    }
    expect(engine.snapshot().deployment?.state).toBe('keeping');
    engine.advanceTo(60_000);
    expect(engine.dispatch({ type: 'remove-node', id: 'web-1-2' })).toMatchObject({ ok: true });
  });
});

describe('a canary', () => {
  const outcome = (changes: Partial<Release>, seed: number) => {
    const engine = started(scenarioWith(changes), seed);
    engine.advanceTo(5_000);
    engine.dispatch(deploy('canary'));
    engine.advanceTo(90_000);
    return engine;
  };

  it('that fails a fifth of its requests is taken back, and costs its own share of errors only', () => {
    const seeds = Array.from({ length: 20 }, (_, i) => 300 + i);
    const failed = seeds.map((seed) => {
      const engine = outcome({ errorRatio: 0.2 }, seed);
      expect(engine.snapshot().deployment, `seed ${seed}`).toMatchObject({
        state: 'over',
        isTakenBack: true,
      });
      expect(versions(engine)).toEqual(['v1', 'v1', 'v1', 'v1']);
      expect(Object.keys(engine.snapshot().totals.errors)).toEqual(['defect']);
      return errors(engine);
    });
    // Half a minute and the second in which it is drained, a quarter of 60 requests a second, a fifth of them.
    const expected = 30 * 15 * 0.2;
    const mean = failed.reduce((sum, count) => sum + count, 0) / seeds.length;
    expect(mean).toBeGreaterThan(expected * 0.9);
    expect(mean).toBeLessThan((expected / 30) * 32 + 4 * Math.sqrt(expected / seeds.length));
  });

  it('that is killed by its leak while it is watched is taken back, though few requests fail with it', () => {
    const engine = outcome({ leakMiBPerRequest: 1 }, 1);
    const happened = said(engine, 'node-killed', 'canary-judged', 'deployment-ended');
    expect(happened).toMatchObject([
      { type: 'node-killed', node: 'web-1' },
      { type: 'canary-judged', node: 'web-1', verdict: 'bad' },
      { type: 'deployment-ended', outcome: 'rolled-back' },
    ]);
    expect(errors(engine)).toBeLessThan(5);
    expect(versions(engine)).toEqual(['v1', 'v1', 'v1', 'v1']);
  });

  it('that does its work as well as the others is followed by them', () => {
    const engine = outcome({}, 1);
    expect(versions(engine)).toEqual(['v2', 'v2', 'v2', 'v2']);
    expect(errors(engine)).toBe(0);
    expect(said(engine, 'canary-judged')).toMatchObject([{ node: 'web-1', verdict: 'good' }]);
  });

  it('that is three times as slow is taken back', () => {
    const engine = outcome({ demandFactor: 3 }, 1);
    expect(versions(engine)).toEqual(['v1', 'v1', 'v1', 'v1']);
    expect(said(engine, 'canary-judged')).toMatchObject([{ node: 'web-1', verdict: 'bad' }]);
  });
});

describe('a release that leaks memory', () => {
  it('is killed after as many requests as fill the memory, again and again, until it is taken back', () => {
    const leakMiBPerRequest = 1;
    const engine = started(scenarioWith({ leakMiBPerRequest }));
    engine.dispatch(deploy('big-bang', ['web-1']));
    engine.advanceTo(3_000);
    engine.takeMeasurements();
    let requests = 0;
    const until: number[] = [];
    for (let second = 4; until.length < 3; second++) {
      engine.advanceTo(second * 1000);
      const row = engine.takeMeasurements().find(({ node }) => node === 'web-1');
      requests += row?.offered ?? 0;
      if (said(engine, 'node-killed').length > 0) until.push(requests);
    }
    // An M machine has 256 MiB. Calls on their way when it is killed arrive at a node that is down.
    expect(until[0]).toBeGreaterThanOrEqual(256);
    for (const [i, count] of until.entries()) {
      expect(count - 256 * (i + 1)).toBeLessThan(3 * (i + 1));
    }
    expect(engine.snapshot().totals.errors['out-of-memory'] ?? 0).toBeGreaterThan(0);
    engine.advanceTo(engine.timeMs + 4_000);
    engine.dispatch({ type: 'roll-back' });
    engine.advanceTo(engine.timeMs + 60_000);
    expect(said(engine, 'node-killed')).toEqual([]);
  });
});

describe('a deployment', () => {
  const refusal = (engine: Engine, command: Command) => {
    const before = JSON.stringify(engine.snapshot());
    const answer = engine.dispatch(command);
    expect(JSON.stringify(engine.snapshot())).toBe(before);
    return answer.ok ? null : [answer.refusal.code, answer.refusal.subject];
  };

  it('is refused with the reason, and then changes nothing', () => {
    const setup = createEngine({ scenario: scenarioWith(), seed: 1 });
    expect(refusal(setup, deploy('rolling'))).toEqual(['not-started', 'v2']);
    const later = started(scenarioWith({ atSeconds: 60 }));
    expect(refusal(later, deploy('rolling'))).toEqual(['unknown-release', 'v2']);
    const engine = started(scenarioWith());
    expect(refusal(engine, deploy('rolling', ['web-9']))).toEqual(['unknown-node', 'web-9']);
    expect(refusal(engine, deploy('rolling', ['balancer']))).toEqual([
      'not-deployable',
      'balancer',
    ]);
    expect(refusal(engine, deploy('canary', ['web-1']))).toEqual(['too-few-nodes', 'v2']);
    expect(refusal(engine, { type: 'roll-back' })).toEqual(['nothing-to-roll-back', 'roll-back']);
    engine.dispatch(deploy('rolling'));
    expect(refusal(engine, deploy('rolling'))).toEqual(['deployment-under-way', 'v2']);
    engine.advanceTo(60_000);
    expect(refusal(engine, deploy('rolling'))).toEqual(['unchanged', 'v2']);
  });

  it('is told of once it is offered, and no node can be bought with it before', () => {
    const engine = started(scenarioWith({ atSeconds: 60 }));
    const node = { kind: 'vm-basic', id: 'web-5', position, size: 'S', version: 'v2' } as const;
    expect(refusal(engine, { type: 'place-node', node })).toEqual(['unknown-release', 'v2']);
    engine.advanceTo(61_000);
    expect(said(engine, 'release-offered')).toMatchObject([{ version: 'v2', atMs: 60_000 }]);
    expect(engine.dispatch({ type: 'place-node', node })).toMatchObject({ ok: true });
  });

  it.each(['big-bang', 'rolling', 'blue-green', 'canary'] as const)(
    'of kind %s comes to the same state when it is played again',
    (strategy) => {
      const play = () => {
        const engine = started(scenarioWith({ errorRatio: 0.05 }), 9);
        engine.advanceTo(3_700);
        engine.dispatch(deploy(strategy));
        engine.advanceTo(30_000);
        engine.dispatch({ type: 'roll-back' });
        engine.advanceTo(80_000);
        return [engine.stateHash(), engine.snapshot(), engine.takeEvents()];
      };
      expect(play()).toEqual(play());
    },
  );

  it.each([
    ['under way', 1_000, 'given-up'],
    ['over', 40_000, 'done'],
  ])('that is %s when real containers run beside the stage ends once', (_, atMs, outcome) => {
    const engine = started(scenarioWith());
    engine.dispatch(deploy('rolling'));
    engine.advanceTo(atMs);
    const loadAt = () => 1;
    engine.enterReality({ profile: DEFAULT_PROFILE, scale: 1, judge: 'prediction', loadAt });
    expect(said(engine, 'deployment-ended')).toMatchObject([{ version: 'v2', outcome }]);
    expect(engine.snapshot()).not.toHaveProperty('deployment');
    expect(refusal(engine, { type: 'roll-back' })).toEqual(['not-in-real-mode', 'roll-back']);
  });

  it('goes on without a node that is taken away meanwhile', () => {
    const engine = started(scenarioWith());
    engine.dispatch(deploy('rolling'));
    engine.dispatch({ type: 'remove-node', id: 'web-3' });
    engine.advanceTo(60_000);
    expect(engine.snapshot().deployment?.state).toBe('over');
    expect(versions(engine)).toEqual(['v2', 'v2', 'v2']);
  });
});
