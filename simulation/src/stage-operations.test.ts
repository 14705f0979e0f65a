import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import type { Command, Drill, Fault, Scenario } from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';
import { SMALL_TOWN } from './testing/small-town.ts';

const crash: Drill = {
  id: 'drill-1',
  kind: 'crash',
  target: { node: 'web-1' },
  durationSeconds: null,
};
const drilled: Scenario = { ...helloWorld, drills: true };

function started(scenario: Scenario): Engine {
  const engine = createEngine({ scenario, seed: 3 });
  engine.dispatch({ type: 'start-operation' });
  engine.advanceTo(10_000);
  engine.takeEvents();
  return engine;
}

const inject = (fault: Drill): Command => ({ type: 'inject-fault', fault });
const viewOf = (engine: Engine, id: string) =>
  engine.snapshot().nodes.find((node) => node.id === id);
const happenings = (engine: Engine) => engine.takeEvents().map(({ type }) => type);

describe('a drill', () => {
  it('begins at once, is seen on the node and told, and is ended by a restart', () => {
    const engine = started(drilled);
    expect(engine.dispatch(inject(crash))).toEqual({ ok: true, undo: [] });
    expect(viewOf(engine, 'web-1')).toMatchObject({ state: 'down', faults: ['crash'] });
    expect(viewOf(engine, 'primary')).not.toHaveProperty('faults');
    engine.advanceTo(15_000);
    expect(happenings(engine)).toContain('fault-began');
    engine.dispatch({ type: 'restart-node', id: 'web-1' });
    expect(viewOf(engine, 'web-1')?.state).toBe('starting');
    engine.advanceTo(20_000);
    expect(happenings(engine)).toEqual(expect.arrayContaining(['fault-ended', 'node-started']));
    expect(viewOf(engine, 'web-1')).toMatchObject({ state: 'ready' });
    expect(viewOf(engine, 'web-1')).not.toHaveProperty('faults');
  });

  it('that loses the disks of a database is ended by no restart, and a replica without data is not promoted', () => {
    const engine = createEngine({ scenario: { ...drilled, topology: SMALL_TOWN }, seed: 3 });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(10_000);
    for (const node of ['primary', 'replica']) {
      engine.dispatch(inject({ id: `d-${node}`, kind: 'disk-loss', target: { node } }));
      expect(viewOf(engine, node)).toMatchObject({ state: 'down', faults: ['disk-loss'] });
    }
    const lost = (subject: string) => ({ ok: false, refusal: { code: 'node-lost', subject } });
    expect(engine.dispatch({ type: 'restart-node', id: 'primary' })).toEqual(lost('primary'));
    expect(engine.dispatch({ type: 'promote-replica', id: 'replica' })).toEqual(lost('replica'));
    engine.advanceTo(60_000);
    expect(engine.dispatch({ type: 'promote-replica', id: 'replica' }).ok).toBe(true);
  });

  it('on a link shows how much it loses', () => {
    const engine = started(drilled);
    const link = { from: 'web-1', to: 'primary' };
    engine.dispatch(
      inject({ id: 'l', kind: 'loss', target: { link }, ratio: 0.25, durationSeconds: null }),
    );
    engine.advanceTo(11_000);
    expect(engine.snapshot().links.find(({ to }) => to === 'primary')?.lossRatio).toBe(0.25);
    expect(engine.snapshot().links.find(({ to }) => to === 'web-1')).not.toHaveProperty(
      'lossRatio',
    );
  });

  it('is refused where there are none, twice under one name, and on what it cannot strike', () => {
    const refusal = (engine: Engine, fault: Drill) => {
      const before = JSON.stringify(engine.snapshot());
      const answer = engine.dispatch(inject(fault));
      if (!answer.ok) expect(JSON.stringify(engine.snapshot())).toBe(before);
      return answer.ok ? null : [answer.refusal.code, answer.refusal.subject];
    };
    expect(refusal(started(helloWorld), crash)).toEqual(['drills-not-allowed', 'drill-1']);
    const setup = createEngine({ scenario: drilled, seed: 3 });
    expect(refusal(setup, crash)).toEqual(['not-started', 'drill-1']);
    const engine = started(drilled);
    expect(refusal(engine, { ...crash, target: { node: 'web-7' } })).toEqual([
      'unknown-node',
      'web-7',
    ]);
    expect(refusal(engine, { ...crash, target: { node: 'clients' } })).toEqual([
      'fault-does-not-fit',
      'clients',
    ]);
    const spot: Drill = {
      id: 's',
      kind: 'spot-interruption',
      target: { node: 'web-1' },
      durationSeconds: null,
    };
    expect(refusal(engine, spot)).toEqual(['fault-does-not-fit', 'web-1']);
    expect(refusal(engine, crash)).toBeNull();
    expect(refusal(engine, crash)).toEqual(['duplicate-fault', 'drill-1']);
  });

  it('comes again when the run is played again', () => {
    const play = () => {
      const engine = started(drilled);
      engine.dispatch(inject(crash));
      engine.advanceTo(25_000);
      engine.dispatch({ type: 'restart-node', id: 'web-1' });
      engine.advanceTo(40_000);
      return [engine.stateHash(), engine.takeEvents()];
    };
    expect(play()).toEqual(play());
  });
});

describe('a fault of the scenario', () => {
  const faults: readonly Fault[] = [
    { id: 'z', kind: 'zone-loss', target: { zone: 'a' }, atSeconds: 12, durationSeconds: 5 },
  ];

  it('comes at its time of operation, and changes the state', () => {
    const engine = started({ ...helloWorld, faults });
    engine.advanceTo(13_000);
    expect(viewOf(engine, 'web-1')?.state).toBe('down');
    expect(happenings(engine)).toContain('fault-began');
    const calm = started(helloWorld);
    calm.advanceTo(13_000);
    expect(engine.stateHash()).not.toBe(calm.stateHash());
  });

  it('that took a zone away is repaired by no restart', () => {
    const engine = started({ ...helloWorld, faults });
    engine.advanceTo(13_000);
    const answer = engine.dispatch({ type: 'restart-node', id: 'web-1' });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'node-lost', subject: 'web-1' } });
  });
});
