import { describe, expect, it } from 'vitest';
import { TEST_RULESET } from '../testing/fixtures.ts';
import { createTestApp } from '../testing/test-app.ts';

describe('GET /healthz', () => {
  it('tells of the store, the user interface and the rules', async () => {
    await using app = await createTestApp();
    const answer = await app.get('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { status: 'ok', store: 'ok', ui: 'not-built', ruleset: TEST_RULESET },
    ]);
  });

  it('answers 503 when the store fails', async () => {
    await using app = await createTestApp({
      ports: { store: { isReady: async () => false, close: async () => {} } as never },
    });
    const answer = await app.get('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      expect.objectContaining({ status: 'failing', store: 'failing' }),
    ]);
  });
});
