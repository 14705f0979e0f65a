import { describe, expect, it } from 'vitest';
import { patient, QueueLab } from '../testing/queue-lab.ts';
import type { Component } from './component.ts';
import { delay, take } from './step.ts';

describe('a pool that grows while requests wait for it', () => {
  it('lets them in at once, and no longer one for each that leaves', () => {
    let tokens = 1;
    const server: Component = {
      kind: 'vm-basic',
      routes: {},
      resources: () => ({
        pool: {
          type: 'pool',
          tokens,
          maxWaiting: Number.POSITIVE_INFINITY,
          timeoutMs: null,
          cause: 'pool-exhausted',
          connections: true,
        },
      }),
      request: () => [take('pool'), delay(1_000)],
    };
    const lab = new QueueLab(
      {
        components: { 'vm-basic': server },
        links: [{ from: 'clients', to: 'vm-basic' }],
        classes: { any: patient('static') },
        arrivals: 'uniform',
      },
      1,
    );
    lab.offer(0.01);
    lab.run(950);
    lab.offer(0);
    tokens = 20;
    lab.simulator.setTopology(lab.topology, false);
    const row = lab.run(1_000)('vm-basic');
    // The first is done 1 s after its arrival, the others a second after they were let in.
    expect(row.served).toBe(row.offered + 9);
    expect(row.connections).toEqual({ used: 9, limit: 20 });
  });
});
