import { describe, expect, it } from 'vitest';
import { testOutcome, testRun, testScenario } from '../testing/fixtures.ts';
import { createTestApp } from '../testing/test-app.ts';

const BOARD = '/api/v1/scenarios/hello-world/leaderboard';

describe('scenarios', () => {
  it('are listed in brief and given whole', async () => {
    await using app = await createTestApp();
    const { id, title, situation, goal, durationSeconds } = testScenario();
    expect((await app.get('/api/v1/scenarios')).json()).toEqual({
      items: [{ id, title, situation, goal, durationSeconds }],
    });
    expect((await app.get(`/api/v1/scenarios/${id}`)).json()).toEqual(testScenario());
  });

  it.each(['/api/v1/scenarios/other', '/api/v1/scenarios/other/leaderboard'])(
    'answers 404 at %s',
    async (url) => {
      await using app = await createTestApp();
      expect((await app.get(url)).json()).toMatchObject({
        code: 'scenario-not-found',
        status: 404,
      });
    },
  );
});

describe('the leaderboard', () => {
  it('is empty before the first win', async () => {
    await using app = await createTestApp();
    expect((await app.get(BOARD)).json()).toEqual({
      scenario: 'hello-world',
      ruleset: testRun().ruleset,
      items: [],
    });
  });

  it('shows wins, best first, and how many were asked for', async () => {
    await using app = await createTestApp({
      ports: {
        verifier: {
          verify: async ({ seed }) => ({
            state: 'verified',
            outcome: testOutcome({ points: seed, ending: seed === 9 ? 'bankrupt' : 'won' }),
          }),
          close: async () => {},
        },
      },
    });
    for (const seed of [3, 9, 5, 4]) {
      await app.change('POST', '/api/v1/runs', { player: `P${seed}`, run: testRun({ seed }) });
    }
    const easier = testRun({ seed: 8, scenario: testScenario({ durationSeconds: 11 }) });
    await app.change('POST', '/api/v1/runs', { run: easier });
    const { items } = (await app.get(`${BOARD}?limit=2`)).json();
    expect(items).toEqual([
      {
        place: 1,
        runId: expect.any(String),
        player: 'P5',
        savedAt: '2030-01-02T03:04:05.000Z',
        points: 5,
        rank: 'A',
        served: 1_000,
      },
      expect.objectContaining({ place: 2, player: 'P4', points: 4 }),
    ]);
  });
});
