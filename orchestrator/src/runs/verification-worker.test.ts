import { createEngine, RULESET, SCENARIOS } from '@project-devops/simulation';
import type { Command, Run } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/test-app.ts';
import { createWorkerVerifier } from './worker-verifier.ts';

const scenario = SCENARIOS.find(({ id }) => id === 'hello-world');
if (scenario === undefined) throw new Error('The stage hello-world is gone.');
const LIMITS = { budgetMs: 60_000, maxHeapMiB: 256, maxWaiting: 1 };
const BOARD = '/api/v1/scenarios/hello-world/leaderboard';

/** The lesson of the stage: a balancer before two machines. */
const SCALE_OUT: readonly Command[] = [
  {
    type: 'place-node',
    node: {
      kind: 'load-balancer',
      id: 'balancer-1',
      position: { x: 0, y: 0 },
      size: 'S',
      policy: 'round-robin',
    },
  },
  { type: 'clone-node', id: 'web-1', newId: 'web-2', position: { x: 0, y: 200 } },
  { type: 'disconnect', from: 'clients', to: 'web-1' },
  { type: 'connect', from: 'clients', to: 'balancer-1' },
  { type: 'connect', from: 'balancer-1', to: 'web-1' },
  { type: 'connect', from: 'balancer-1', to: 'web-2' },
];

/** Plays the stage in this thread to its end and returns the run as the page would save it. */
function play(...commands: readonly Command[]): Run {
  if (scenario === undefined) throw new Error('unreachable');
  const engine = createEngine({ scenario, seed: 7 });
  for (const command of [...commands, { type: 'start-operation' } as const]) {
    expect(engine.dispatch(command), JSON.stringify(command)).toMatchObject({ ok: true });
  }
  engine.advanceTo(scenario.durationSeconds * 1_000);
  return {
    format: 'project-devops/run@1',
    ruleset: RULESET,
    scenario,
    seed: 7,
    commands: engine.log,
    endMs: engine.timeMs,
    stateHash: engine.stateHash(),
  };
}

async function realApp() {
  return createTestApp({
    ports: { verifier: createWorkerVerifier(LIMITS), ruleset: RULESET, scenarios: SCENARIOS },
  });
}

describe('a run verified by the engine in a thread', () => {
  it('goes to the leaderboard when it was won', async () => {
    await using app = await realApp();
    const answer = await app.change('POST', '/api/v1/runs', {
      player: 'Ada',
      run: play(...SCALE_OUT),
    });
    expect(answer.statusCode, answer.body).toBe(201);
    const { outcome } = answer.json().verification;
    expect(outcome).toMatchObject({ ending: 'won' });
    const { items } = (await app.get(BOARD)).json();
    const { points, rank, served } = outcome;
    expect(items).toEqual([
      expect.objectContaining({ place: 1, player: 'Ada', points, rank, served }),
    ]);
  });

  it('is kept, but off the leaderboard, when it was lost', async () => {
    await using app = await realApp();
    const answer = await app.change('POST', '/api/v1/runs', { run: play() });
    expect(answer.json()).toMatchObject({
      verification: { state: 'verified', outcome: { ending: 'service-down' } },
    });
    expect((await app.get(BOARD)).json().items).toEqual([]);
  });

  it('is refused with the place when anything in it was changed', async () => {
    await using app = await realApp();
    const run = play();
    const tampered: readonly [Partial<Run>, string, string][] = [
      [{ stateHash: '0'.repeat(16) }, 'run-state-mismatch', '/run/stateHash'],
      [{ endMs: run.endMs + 1 }, 'run-not-replayable', '/run/endMs'],
      [{ endMs: run.endMs - 1_000 }, 'run-state-mismatch', '/run/stateHash'],
      [
        { commands: [...run.commands, { atMs: run.endMs, command: { type: 'start-operation' } }] },
        'run-not-replayable',
        '/run/commands/1/command',
      ],
      [
        { scenario: { ...run.scenario, mix: [{ atSeconds: 0, shares: { unheard: 1 } }] } },
        'run-not-replayable',
        '/run/scenario/mix/0/shares/unheard',
      ],
    ];
    for (const [changes, code, path] of tampered) {
      const answer = await app.change('POST', '/api/v1/runs', { run: { ...run, ...changes } });
      expect([answer.statusCode, answer.json().code], answer.body).toEqual([422, code]);
      expect(answer.json().problems).toEqual([{ path, expected: expect.any(String) }]);
    }
    const otherSeed = await app.change('POST', '/api/v1/runs', { run: { ...run, seed: 8 } });
    expect(otherSeed.statusCode, otherSeed.body).toBe(422);
    expect((await app.get('/api/v1/runs')).json().items).toEqual([]);
  });

  it('is refused when it would keep the server busy for too long', async () => {
    await using app = await createTestApp({
      ports: { verifier: createWorkerVerifier({ ...LIMITS, budgetMs: 500 }), ruleset: RULESET },
    });
    const run = play();
    const users = { ...run.scenario.users, initial: 1_000, requestsPerUserPerMinute: 120 };
    const answer = await app.change('POST', '/api/v1/runs', {
      run: { ...run, scenario: { ...run.scenario, users } },
    });
    expect([answer.statusCode, answer.json().code], answer.body).toEqual([422, 'run-over-budget']);
  });
});
