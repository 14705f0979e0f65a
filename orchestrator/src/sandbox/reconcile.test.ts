import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Actions, ActualContainer, ActualState } from './desired.ts';
import { plan } from './plan.ts';
import { reconcile } from './reconcile.ts';
import { perform, runningContainer, settledWorld } from './testing/model-world.ts';
import { sampleLinks, sampleNode, samplePlan, sampleTopology } from './testing/sample-plan.ts';

const desired = (servers: number, scale = 1) =>
  plan(samplePlan({ topology: sampleTopology(servers), scale }));

const nothing: ActualState = { networkExists: false, containers: [] };

/** Actions in short: `run web-1`. */
const short = (actions: Actions) => actions.map((batch) => batch.map(shortAction));
function shortAction(action: Action): string {
  if (action.type === 'create-network') return action.type;
  return `${action.type} ${action.type === 'run' ? action.container.node : action.node}`;
}

/** A settled world in which one container is changed. */
function but(world: ActualState, node: string, change: (one: ActualContainer) => ActualContainer) {
  const containers = world.containers.map((one) => (one.node === node ? change(one) : one));
  return { ...world, containers };
}
const dead = (one: ActualContainer): ActualContainer => ({
  ...one,
  state: { ...one.state, phase: 'exited', health: null, exitCode: 137 },
});

describe('reconcile', () => {
  it('starts everything at once, and tells the balancer again when its servers are there', () => {
    expect(short(reconcile(desired(1), nothing))).toEqual([
      ['create-network'],
      ['run balancer', 'run db', 'run cache', 'run web-1', 'run _exporter', 'run _prometheus'],
      ['balancer', 'db', 'cache', 'web-1', '_exporter', '_prometheus'].map(
        (node) => `await-healthy ${node}`,
      ),
      ['configure balancer'],
    ]);
  });

  it('does nothing when all is as it should be', () => {
    expect(reconcile(desired(2), settledWorld(desired(2)))).toEqual([]);
  });

  it('scales out by one container, and tells those that should know when it is healthy', () => {
    expect(short(reconcile(desired(2), settledWorld(desired(1))))).toEqual([
      ['run web-2'],
      ['await-healthy web-2'],
      ['configure balancer', 'configure _prometheus'],
    ]);
  });

  it('scales in by telling the balancer before the server goes', () => {
    expect(short(reconcile(desired(1), settledWorld(desired(2))))).toEqual([
      ['configure balancer', 'configure _prometheus'],
      ['remove web-2'],
    ]);
  });

  it('scales up in place', () => {
    const actions = reconcile(desired(1, 1), settledWorld(desired(1, 2)));
    expect(new Set(actions.flat().map(({ type }) => type))).toEqual(new Set(['set-limits']));
  });

  it('takes memory away only after the program was told to use less', () => {
    const { nodes, links } = sampleTopology();
    const large = {
      nodes: nodes.map((node) =>
        node.id === 'cache' ? sampleNode('cache', 'cache', { size: 'L' }) : node,
      ),
      links,
    };
    const [small, big] = [desired(1), plan(samplePlan({ topology: large }))];
    expect(short(reconcile(small, settledWorld(big)))).toEqual([
      ['configure cache'],
      ['set-limits cache'],
    ]);
    expect(short(reconcile(big, settledWorld(small)))).toEqual([
      ['set-limits cache'],
      ['configure cache'],
    ]);
  });

  it('replaces a dead server, which the balancer leaves out meanwhile', () => {
    const world = but(settledWorld(desired(2)), 'web-1', dead);
    expect(short(reconcile(desired(2), world))).toEqual([
      ['configure balancer', 'remove web-1'],
      ['run web-1'],
      ['await-healthy web-1'],
      ['configure balancer'],
    ]);
  });

  it('replaces a container that cannot take what changed', () => {
    const world = but(settledWorld(desired(1)), 'db', (one) => ({ ...one, fingerprint: 'other' }));
    expect(short(reconcile(desired(1), world))).toEqual([
      ['remove db'],
      ['run db'],
      ['await-healthy db'],
    ]);
  });

  it('makes the copies of a store anew together with the store', () => {
    const { nodes, links } = sampleTopology();
    const topology = {
      nodes: [...nodes, sampleNode('copy', 'sql-replica')],
      links: [...links, ...sampleLinks('db>copy', 'web-1>copy')],
    };
    const wanted = plan(samplePlan({ topology }));
    expect(short(reconcile(wanted, but(settledWorld(wanted), 'db', dead)))).toEqual([
      ['remove db', 'remove copy'],
      ['run db', 'run copy'],
      ['await-healthy db', 'await-healthy copy'],
    ]);
  });

  it('waits for a container that an earlier, cancelled call made', () => {
    const world = but(settledWorld(desired(2)), 'web-2', (one) => ({
      ...one,
      state: { ...one.state, health: 'starting' },
    }));
    expect(short(reconcile(desired(2), world))).toEqual([['await-healthy web-2']]);
  });

  it('does not hold a change up for a container that is ill', () => {
    const world = but(settledWorld(desired(1)), 'web-1', (one) => ({
      ...one,
      state: { ...one.state, health: 'unhealthy' },
    }));
    expect(short(reconcile(desired(2), world))[1]).toEqual(['await-healthy web-2']);
  });

  it('configures what it does not know, as after an adoption', () => {
    const world = settledWorld(desired(1));
    const adopted = world.containers.map((one) => ({ ...one, configuration: null }));
    expect(short(reconcile(desired(1), { ...world, containers: adopted }))).toEqual([
      ['configure db', 'configure cache', 'configure web-1'],
      ['configure balancer', 'configure _exporter', 'configure _prometheus'],
    ]);
  });

  it('removes what nobody wants, dead ones without grace', () => {
    const world = settledWorld(desired(1));
    const [first] = desired(1).containers;
    if (first === undefined) throw new Error('nothing planned');
    const stranger = runningContainer(first, { node: 'stranger' });
    const corpse = dead(runningContainer(first, { node: 'corpse' }));
    const actions = reconcile(desired(1), {
      ...world,
      containers: [...world.containers, stranger, corpse],
    });
    expect(actions).toEqual([
      [
        { type: 'remove', node: 'stranger', id: stranger.state.id, graceSeconds: 2 },
        { type: 'remove', node: 'corpse', id: corpse.state.id, graceSeconds: 0 },
      ],
    ]);
  });
});

describe('whatever the world is', () => {
  const goal = fc.record({ servers: fc.nat(4), scale: fc.constantFrom(1, 2, 4) });
  const accident = fc.constantFrom(
    'none',
    'dead',
    'created',
    'other',
    'unknown',
    'starting',
    'away',
  );
  const world = fc
    .record({
      before: goal,
      networkExists: fc.boolean(),
      accidents: fc.array(accident, { minLength: 10, maxLength: 10 }),
    })
    .map(({ before, networkExists, accidents }): ActualState => {
      if (!networkExists) return nothing;
      const { containers } = desired(before.servers, before.scale);
      return {
        networkExists,
        containers: containers.flatMap((one, i) => befall(runningContainer(one), accidents[i])),
      };
    });

  function befall(one: ActualContainer, accident: string | undefined): ActualContainer[] {
    const state = (changes: Partial<ActualContainer['state']>) => [
      { ...one, state: { ...one.state, ...changes } },
    ];
    if (accident === 'away') return [];
    if (accident === 'dead') return [dead(one)];
    if (accident === 'created') return state({ phase: 'created', health: null });
    if (accident === 'starting') return state({ health: 'starting' });
    if (accident === 'other') return [{ ...one, fingerprint: 'other' }];
    if (accident === 'unknown') return [{ ...one, configuration: null }];
    return [one];
  }

  it('is as it should be after the actions, and then there is nothing more to do', () => {
    fc.assert(
      fc.property(goal, world, ({ servers, scale }, before) => {
        const wanted = desired(servers, scale);
        const after = perform(reconcile(wanted, before), before);
        expect(after.containers.map(({ node }) => node).sort()).toEqual(
          wanted.containers.map(({ node }) => node).sort(),
        );
        expect(reconcile(wanted, after)).toEqual([]);
      }),
      { seed: 17, numRuns: 300 },
    );
  });

  it('may be interrupted after any batch, and a new call brings the rest', () => {
    fc.assert(
      fc.property(goal, world, fc.nat(6), ({ servers, scale }, before, done) => {
        const wanted = desired(servers, scale);
        const between = perform(reconcile(wanted, before).slice(0, done), before);
        const after = perform(reconcile(wanted, between), between);
        expect(reconcile(wanted, after)).toEqual([]);
      }),
      { seed: 23, numRuns: 300 },
    );
  });

  it('only touches what the session has, each thing by its own id', () => {
    fc.assert(
      fc.property(goal, world, ({ servers, scale }, before) => {
        const ids = new Set(before.containers.map(({ state }) => state.id));
        for (const action of reconcile(desired(servers, scale), before).flat()) {
          if ('id' in action && action.id !== null) expect(ids).toContain(action.id);
        }
      }),
      { seed: 29, numRuns: 100 },
    );
  });

  it('removes no running server before every balancer was told', () => {
    fc.assert(
      fc.property(goal, goal, (from, to) => {
        const order = short(
          reconcile(desired(to.servers, 1), settledWorld(desired(from.servers, 1))),
        ).flat();
        const told = order.lastIndexOf('configure balancer');
        for (const [place, action] of order.entries()) {
          if (action.startsWith('remove web')) expect(place).toBeGreaterThan(told);
          if (action.startsWith('run web')) expect(place).toBeLessThan(told);
        }
      }),
      { seed: 31, numRuns: 100 },
    );
  });
});
