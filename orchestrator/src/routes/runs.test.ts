import { describe, expect, it } from 'vitest';
import { OTHER_RULESET, testOutcome, testRun, testScenario } from '../testing/fixtures.ts';
import { createTestApp } from '../testing/test-app.ts';

const RUNS = '/api/v1/runs';

describe('POST /api/v1/runs', () => {
  it('creates a resource, at the address in Location', async () => {
    await using app = await createTestApp();
    const answer = await app.change('POST', RUNS, { player: 'Ada', run: testRun() });
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json();
    expect(answer.headers.location).toBe(`${RUNS}/${id}`);
    expect(answer.json()).toEqual({
      id,
      savedAt: '2030-01-02T03:04:05.000Z',
      player: 'Ada',
      scenario: { id: 'hello-world', title: testScenario().title, builtIn: true },
      seed: 1,
      ruleset: testRun().ruleset,
      endMs: 10_000,
      verification: { state: 'verified', outcome: testOutcome() },
    });
    expect((await app.get(`${RUNS}/${id}`)).json()).toEqual({ ...answer.json(), run: testRun() });
  });

  it('answers 200 with the same resource when the run is kept already', async () => {
    await using app = await createTestApp();
    const first = await app.change('POST', RUNS, { player: 'Ada', run: testRun() });
    const again = await app.change('POST', RUNS, { player: 'Bob', run: testRun() });
    expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    expect(again.headers.location).toBe(first.headers.location);
  });

  it('keeps a run of other rules, unverified and with the reason', async () => {
    await using app = await createTestApp();
    const answer = await app.change('POST', RUNS, { run: testRun({ ruleset: OTHER_RULESET }) });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      player: null,
      verification: { state: 'unverified', reason: 'other-ruleset' },
    });
  });

  it('says of a scenario that it is not the built-in one, whatever its id', async () => {
    await using app = await createTestApp();
    const scenario = testScenario({ startingMoney: 1e6 });
    const answer = await app.change('POST', RUNS, { run: testRun({ scenario }) });
    expect(answer.json().scenario).toMatchObject({ id: 'hello-world', builtIn: false });
  });

  it("answers 422 with the verifier's words, and keeps nothing", async () => {
    const problems = [{ path: '/run/stateHash', expected: 'ffffffffffffffff' }];
    await using app = await createTestApp({
      ports: {
        verifier: {
          verify: async () => ({
            state: 'refused',
            code: 'run-state-mismatch',
            detail: 'Another state.',
            problems,
          }),
          close: async () => {},
        },
      },
    });
    const answer = await app.change('POST', RUNS, { run: testRun() });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'run-state-mismatch',
      detail: 'Another state.',
      problems,
    });
    expect((await app.get(RUNS)).json().items).toEqual([]);
  });

  it('answers an unexpected failure with its log id and none of its words', async () => {
    await using app = await createTestApp({
      ports: {
        verifier: {
          verify: async () => {
            throw new Error('secret path /home/ada');
          },
          close: async () => {},
        },
      },
    });
    const answer = await app.change('POST', RUNS, { run: testRun() });
    expect(answer.json()).toEqual({
      type: '/problems/unexpected',
      title: 'The server failed',
      status: 500,
      detail: 'The cause is in the server log under the id given as instance.',
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      code: 'unexpected',
    });
    expect((await app.get('/healthz')).statusCode).toBe(200);
  });

  it.each(['Ada', 'Éva-Łukasz', '김철수', 'A. Turing (2nd)', '🦊', 'x'.repeat(24)])(
    'takes the player name %j',
    async (player) => {
      await using app = await createTestApp();
      const answer = await app.change('POST', RUNS, { player, run: testRun() });
      expect(answer.json().player).toBe(player);
    },
  );

  it.each([
    '',
    ' ',
    ' Ada',
    'Ada ',
    'x'.repeat(25),
    'tab\there',
    'line\nbreak',
    'nul\u0000',
    'right-to-left \u202e',
    'zero\u200bwidth',
    `e${'\u0301'.repeat(24)}`,
    '\ud800',
    7,
    null,
    { toString: 'Ada' },
  ])('refuses the player name %j', async (player) => {
    await using app = await createTestApp();
    const answer = await app.change('POST', RUNS, { player, run: testRun() });
    expect(answer.json()).toMatchObject({ code: 'invalid-input', status: 400 });
    expect(answer.json().problems).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: '/player' })]),
    );
  });
});

describe('GET /api/v1/runs', () => {
  it('gives pages that a cursor joins', async () => {
    let time = 0;
    await using app = await createTestApp({ ports: { now: () => (time += 1_000) } });
    for (let seed = 1; seed <= 5; seed += 1) {
      await app.change('POST', RUNS, { run: testRun({ seed }) });
    }
    const seeds: number[][] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await app.get(`${RUNS}?limit=2${query}`)).json();
      seeds.push(page.items.map((item: { seed: number }) => item.seed));
      cursor = page.nextCursor;
    }
    expect(seeds).toEqual([[5, 4], [3, 2], [1]]);
  });

  it('filters by scenario', async () => {
    await using app = await createTestApp();
    await app.change('POST', RUNS, { run: testRun() });
    const count = async (id: string) =>
      (await app.get(`${RUNS}?scenario=${id}`)).json().items.length;
    expect([await count('hello-world'), await count('other')]).toEqual([1, 0]);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=two',
    'limit=1.5',
    'limit=1&limit=2',
    'cursor=x',
    'scenario=A',
    'page=2',
  ])('refuses ?%s', async (query) => {
    await using app = await createTestApp();
    expect((await app.get(`${RUNS}?${query}`)).json()).toMatchObject({ code: 'invalid-input' });
  });
});

describe('DELETE /api/v1/runs/{id}', () => {
  it('forgets a run once', async () => {
    await using app = await createTestApp();
    const { headers } = await app.change('POST', RUNS, { run: testRun() });
    const url = String(headers.location);
    const answers = [
      await app.change('DELETE', url),
      await app.change('DELETE', url),
      await app.get(url),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 404, 404]);
    expect(answers[2]?.json().code).toBe('run-not-found');
  });
});
