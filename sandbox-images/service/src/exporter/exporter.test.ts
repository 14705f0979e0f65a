import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { cacheReading } from './cache-watch.ts';
import { Exporter } from './exporter.ts';
import { createStoreMetrics } from './store-metrics.ts';
import type { StoreReading, WatchedStore } from './store-watch.ts';

const PATIENCE_MS = 20;
const primary: WatchedStore = { node: 'sql', host: 'sql', kind: 'sql-primary' };
const cache: WatchedStore = { node: 'cache', host: 'cache', kind: 'cache' };
const NOTHING = { connections: null, lockWaits: null, hits: null, misses: null, lagSeconds: null };
const reading: StoreReading = { ...NOTHING, cpuSeconds: 1.5, connections: 3, lockWaits: 0 };

/** An exporter between stores of which the test says what they answer. */
function exporterUnderTest(answers: Record<string, () => Promise<StoreReading>>) {
  const log: string[] = [];
  const exporter = new Exporter(({ node }) => {
    log.push(`open ${node}`);
    return {
      read: () => answers[node]?.() ?? Promise.reject(new Error('away')),
      close: () => log.push(`close ${node}`),
    };
  }, PATIENCE_MS);
  exporter.configure({ stores: [primary, cache] });
  return { exporter, log };
}

describe('the exporter', () => {
  it('has no reading of a store that fails, or does not answer in time', async () => {
    const { exporter } = exporterUnderTest({
      sql: async () => reading,
      cache: () => new Promise(() => {}),
    });
    expect(await exporter.read()).toEqual([
      { node: 'sql', reading },
      { node: 'cache', reading: null },
    ]);
  });

  it('asks a store that owes an answer nothing more', async () => {
    let asked = 0;
    const held = Promise.withResolvers<StoreReading>();
    const { exporter } = exporterUnderTest({
      sql: () => {
        asked++;
        return held.promise;
      },
    });
    await exporter.read();
    await exporter.read();
    expect(asked).toBe(1);
    held.resolve(reading);
    await held.promise;
    expect((await exporter.read())[0]).toEqual({ node: 'sql', reading });
    expect(asked).toBe(2);
  });

  it('keeps the watch over a store that stays', () => {
    const { exporter, log } = exporterUnderTest({});
    exporter.configure({ stores: [{ ...primary }] });
    expect(log).toEqual(['open sql', 'open cache', 'close cache']);
    exporter.close();
    expect(log.at(-1)).toBe('close sql');
  });
});

describe('the metrics of stores', () => {
  it('tell what was read last and nothing older', async () => {
    const registry = new Registry();
    const tell = createStoreMetrics(registry);
    tell([{ node: 'sql', reading }], 9);
    expect(await registry.metrics()).toContain('devops_store_connections{node="sql"} 3');
    tell([{ node: 'sql', reading: null }], 10);
    const text = await registry.metrics();
    expect(text).toContain('devops_store_up{node="sql"} 0');
    expect(text).toContain('devops_cpu_seconds_total 10');
    expect(text).not.toContain('devops_store_connections{');
    expect(text).not.toContain('devops_cpu_seconds_total{node="sql"}');
  });
});

describe('what Redis says of itself', () => {
  it('is read from INFO', () => {
    const info = [
      '# CPU',
      'used_cpu_sys:0.25',
      'used_cpu_user:0.5',
      'used_cpu_sys_children:9',
      '# Stats',
      'keyspace_hits:7',
      'keyspace_misses:3',
    ].join('\r\n');
    expect(cacheReading(info)).toEqual({ ...NOTHING, cpuSeconds: 0.75, hits: 7, misses: 3 });
    expect(() => cacheReading('# CPU')).toThrow('no used_cpu_sys');
  });
});
