import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testOutcome, testRun } from './testing/fixtures.ts';
import { createTestApp } from './testing/test-app.ts';

describe('closing the application', () => {
  it('lets a request in progress finish before the store is closed', async () => {
    await using app = await createTestApp({
      ports: {
        verifier: {
          verify: async () => {
            await delay(300);
            return { state: 'verified', outcome: testOutcome() };
          },
          close: async () => {},
        },
      },
    });
    const address = await app.server.listen({ host: '127.0.0.1', port: 0 });
    const entry = await fetch(`${address}/?token=${app.token()}`, { redirect: 'manual' });
    const saving = fetch(`${address}/api/v1/runs`, {
      method: 'POST',
      headers: {
        origin: address,
        cookie: entry.headers.getSetCookie()[0]?.split(';')[0] ?? '',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ run: testRun() }),
    });
    await delay(100);
    const [{ status, headers }] = await Promise.all([saving, app.server.close()]);
    expect([status, headers.get('connection')]).toEqual([201, 'close']);
  });
});
