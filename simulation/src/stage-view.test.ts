import { describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';
import { type Command, END_TO_END, errorCount, type Measurement } from './protocol/index.ts';
import { helloWorld } from './scenarios/hello-world.ts';

/** The game in its worst minute without any help, and its rows of the last second. */
function crowded(): { engine: Engine; rows: Map<string, Measurement> } {
  const users = { ...helloWorld.users, initial: 1_500 };
  const engine = createEngine({
    scenario: { ...helloWorld, users, bankruptcyFloor: -1e6 },
    seed: 3,
  });
  engine.dispatch({ type: 'start-operation' });
  engine.advanceTo(11_000);
  engine.takeMeasurements();
  engine.advanceTo(12_000);
  const rows = new Map(engine.takeMeasurements().map((row) => [row.node, row]));
  engine.advanceTo(12_400);
  return { engine, rows };
}

describe('a snapshot', () => {
  it('shows nothing measured before the first second is over', () => {
    const engine = createEngine({ scenario: helloWorld, seed: 3 });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(999);
    const { endToEnd, nodes, links } = engine.snapshot();
    expect(endToEnd).toBeNull();
    expect(nodes.map(({ id, state, measurement }) => [id, state, measurement])).toEqual([
      ['clients', 'ready', null],
      ['web-1', 'ready', null],
      ['primary', 'ready', null],
    ]);
    expect(links[0]).toEqual({ from: 'clients', to: 'web-1', calls: {}, failed: 0, meanMs: null });
  });

  it('shows the rows of the last full second, the service’s own at the clients', () => {
    const { engine, rows } = crowded();
    const { endToEnd, nodes } = engine.snapshot();
    expect(endToEnd).toEqual(rows.get(END_TO_END));
    expect(nodes.map(({ measurement }) => measurement)).toEqual([
      rows.get(END_TO_END),
      rows.get('web-1'),
      rows.get('primary'),
    ]);
  });

  it('shows where requests were dropped and why, not who suffered from it', () => {
    const { engine, rows } = crowded();
    const [clients, web] = engine.snapshot().nodes;
    expect(errorCount(rows.get(END_TO_END)?.errors ?? {})).toBeGreaterThan(0);
    expect(clients?.dropped).toEqual({});
    expect(errorCount(web?.dropped ?? {})).toBeGreaterThan(0);
    expect(web?.dropped).not.toHaveProperty('dependency-failed');
    expect(web?.limitedBy).toMatchObject({ limit: 'cpu' });
  });

  it('shows calls over links by the operation they are shown as', () => {
    const { engine, rows } = crowded();
    const [entry, queries] = engine.snapshot().links;
    const calls = Object.values(entry?.calls ?? {}).reduce((sum, n) => sum + n, 0);
    expect(calls).toBe(rows.get(END_TO_END)?.offered);
    expect(Object.keys(entry?.calls ?? {}).sort()).toEqual(['compute', 'read', 'static', 'write']);
    expect(Object.keys(queries?.calls ?? {}).sort()).toEqual(['read', 'write']);
    expect(queries?.meanMs).toBeGreaterThan(0.5);
  });

  it('shows a new node as starting, and a new link as empty, until the next full second', () => {
    const engine = createEngine({ scenario: helloWorld, seed: 3 });
    engine.dispatch({ type: 'start-operation' });
    engine.advanceTo(2_500);
    const revision = engine.snapshot().revision;
    const build: Command[] = [
      { type: 'clone-node', id: 'web-1', newId: 'web-2', position: { x: 0, y: 0 } },
      { type: 'move-node', id: 'web-1', position: { x: 1, y: 1 } },
    ];
    for (const command of build) expect(engine.dispatch(command).ok).toBe(true);
    const { nodes, links, ...now } = engine.snapshot();
    expect(now.revision).toBe(revision + 2);
    expect(nodes.at(-1)).toMatchObject({ id: 'web-2', state: 'starting', measurement: null });
    expect(links.at(-1)).toEqual({
      from: 'web-2',
      to: 'primary',
      calls: {},
      failed: 0,
      meanMs: null,
    });
    expect(now.costPerHour).toBe(2 + 2 + 4);
    engine.advanceTo(5_500);
    expect(engine.snapshot().nodes.at(-1)?.state).toBe('ready');
    engine.advanceTo(6_000);
    const started = engine.takeEvents().find(({ type }) => type === 'node-started');
    expect(started).toMatchObject({ node: 'web-2', atMs: 6_000 });
  });

  it('adds up to the totals', () => {
    const engine = createEngine({ scenario: helloWorld, seed: 9 });
    engine.dispatch({ type: 'start-operation' });
    let offered = 0;
    let earned = 0;
    for (let second = 1; second <= 60; second++) {
      engine.advanceTo(second * 1_000);
      const { endToEnd, earnedPerHour } = engine.snapshot();
      offered += endToEnd?.offered ?? 0;
      earned += earnedPerHour / helloWorld.secondsPerGameHour;
    }
    const { totals, costPerHour } = engine.snapshot();
    expect(totals.offered).toBe(offered);
    expect(totals.earned).toBeCloseTo(earned, 9);
    expect(totals.spentOnRunning).toBeCloseTo((60 * costPerHour) / 60, 9);
  });
});
