import { describe, expect, it } from 'vitest';
import { createTestApp } from '../testing/test-app.ts';

describe('metrics', () => {
  it('time answers by route template, so that labels stay few', async () => {
    await using app = await createTestApp();
    await app.get('/api/v1/scenarios/hello-world');
    await app.get('/api/v1/scenarios/other');
    for (let index = 0; index < 20; index += 1) await app.get(`/gone-${index}`);
    const { body, headers } = await app.get('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const counts = body
      .split('\n')
      .filter((line) => line.startsWith('http_request_duration_seconds_count'));
    expect(counts).toEqual([
      'http_request_duration_seconds_count{route="/api/v1/scenarios/:id",method="GET",status="200"} 1',
      'http_request_duration_seconds_count{route="/api/v1/scenarios/:id",method="GET",status="404"} 1',
      'http_request_duration_seconds_count{route="unmatched",method="GET",status="404"} 20',
    ]);
  });

  it('tell of the process, and of each application apart', async () => {
    await using first = await createTestApp();
    await using second = await createTestApp();
    await first.get('/healthz');
    expect((await first.get('/metrics')).body).toContain('process_resident_memory_bytes');
    expect((await second.get('/metrics')).body).not.toContain('route="/healthz"');
  });
});
