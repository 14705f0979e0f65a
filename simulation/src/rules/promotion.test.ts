import { describe, expect, it } from 'vitest';
import { createEngine } from '../engine.ts';
import type { Link, Topology, TopologyNode } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { CLIENTS, PRIMARY, slow, WEB } from '../testing/situation.ts';
import { SMALL_TOWN } from '../testing/small-town.ts';
import { playedAgain } from '../testing/steady-stage.ts';
import { promoted } from './promotion.ts';

const position = { x: 0, y: 0 };
const replica = (id: string): TopologyNode => ({ kind: 'sql-replica', id, size: 'S', position });

function town(...pairs: readonly (readonly [string, string])[]): Topology {
  const nodes = [CLIENTS, WEB, PRIMARY, replica('one'), replica('two')];
  return { nodes, links: pairs.map(([from, to]): Link => ({ from, to })) };
}

describe('a promoted replica', () => {
  it('takes over the links of its primary, each once, and the other replicas', () => {
    const before = town(
      ['clients', 'web-1'],
      ['web-1', 'primary'],
      ['web-1', 'one'],
      ['primary', 'one'],
      ['primary', 'two'],
    );
    const after = promoted(before, 'one') as Topology;
    expect(after.links).toEqual([
      { from: 'clients', to: 'web-1' },
      { from: 'web-1', to: 'one' },
      { from: 'one', to: 'two' },
    ]);
    expect(after.nodes.map(({ kind }) => kind)).toEqual([
      'clients',
      'vm-basic',
      'sql-primary',
      'sql-primary',
      'sql-replica',
    ]);
  });

  it('must be a replica that follows a primary', () => {
    expect(promoted(SMALL_TOWN, 'nobody')).toBe('unknown-node');
    expect(promoted(SMALL_TOWN, 'primary')).toBe('not-promotable');
    expect(promoted(town(['web-1', 'one']), 'one')).toBe('replica-without-primary');
  });
});

describe('the command promote-replica', () => {
  const scenario = { ...helloWorld, topology: SMALL_TOWN };
  const shares = [{ atSeconds: 0, shares: { browse: 1, signup: 1 } }];

  it('loses what was not applied, is out of service for its start, then takes all writes', () => {
    const profile = slow({ 'sql-apply': 100 });
    const engine = createEngine({ scenario: { ...scenario, mix: shares }, seed: 3, profile });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(20_000);
    const behind = engine.snapshot().nodes.find(({ id }) => id === 'replica')?.measurement?.lagMs;
    expect(behind).toBeGreaterThan(1_000);
    engine.takeEvents();
    expect(engine.dispatch({ type: 'promote-replica', id: 'replica' })).toEqual({
      ok: true,
      undo: [],
    });
    const [event] = engine.takeEvents();
    expect(event).toMatchObject({ type: 'replica-promoted', node: 'replica', primary: 'primary' });
    const lost = event?.type === 'replica-promoted' ? event.lostWrites : 0;
    expect(lost).toBeGreaterThan(5);
    const row = () => engine.snapshot().nodes.find(({ id }) => id === 'replica')?.measurement;
    engine.advanceTo(21_000);
    expect([row()?.lostWrites, row()?.lagMs]).toEqual([lost, null]);
    expect(row()).not.toHaveProperty('staleReads');
    engine.advanceTo(24_999);
    expect(engine.snapshot().nodes.find(({ id }) => id === 'replica')?.state).toBe('starting');
    expect(row()?.errors['node-down']).toBeGreaterThan(0);
    engine.advanceTo(60_000);
    expect(row()?.errors).toEqual({});
    expect(row()?.served).toBeGreaterThan(5);
    expect(engine.snapshot().links.find(({ to }) => to === 'replica')?.calls.write).toBeGreaterThan(
      0,
    );
  });

  it('is refused with a reason', () => {
    const engine = createEngine({ scenario, seed: 3 });
    expect(engine.dispatch({ type: 'promote-replica', id: 'web-1' })).toMatchObject({
      refusal: { code: 'not-promotable', subject: 'web-1' },
    });
    engine.dispatch({ type: 'disconnect', from: 'primary', to: 'replica' });
    expect(engine.dispatch({ type: 'promote-replica', id: 'replica' })).toMatchObject({
      refusal: { code: 'replica-without-primary', subject: 'replica' },
    });
  });

  it('is played again with the same state', () => {
    const engine = createEngine({ scenario, seed: 3 });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(3_000);
    engine.dispatch({ type: 'promote-replica', id: 'replica' });
    engine.advanceTo(12_000);
    const again = playedAgain(engine, { scenario, seed: 3 });
    expect(again.stateHash()).toBe(engine.stateHash());
  });
});
