import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_TYPE } from './routes/problem.ts';
import { testRun } from './testing/fixtures.ts';
import { createTestApp, type TestApp } from './testing/test-app.ts';

const SAMPLE = { player: 'Ada', run: testRun() };

/** Every place in a value, as the keys that lead there. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]))];
}

/** A copy with another value at one place. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const mutated = fc
  .tuple(fc.constantFrom(...placesIn(SAMPLE)), fc.jsonValue({ maxDepth: 3 }))
  .map(([place, value]) => replaced(SAMPLE, place, value));

describe('POST /api/v1/runs', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app[Symbol.asyncDispose]());

  async function expectPoliteAnswer(payload: string): Promise<void> {
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/v1/runs',
      headers: {
        host: '127.0.0.1:4700',
        origin: 'http://127.0.0.1:4700',
        cookie,
        'content-type': 'application/json',
      },
      payload,
    });
    expect(answer.statusCode).toBeLessThan(500);
    if (answer.statusCode < 300) return;
    expect(answer.headers['content-type']).toBe(PROBLEM_TYPE);
    expect(answer.json().code).toMatch(/^(malformed-json|invalid-input)$/);
  }

  let cookie = '';
  beforeAll(async () => {
    cookie = await app.openSession();
  });

  it('takes or politely refuses a run with anything in any place', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, (body) => expectPoliteAnswer(JSON.stringify(body))),
      {
        numRuns: 300,
      },
    );
  });

  it('politely refuses any text', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), expectPoliteAnswer), {
      numRuns: 200,
    });
  });

  it('politely refuses any JSON', async () => {
    await fc.assert(fc.asyncProperty(fc.json(), expectPoliteAnswer), { numRuns: 200 });
  });
});
