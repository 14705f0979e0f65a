import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { errorCount } from '../protocol/index.ts';
import { type Lab, meanMs, observeRuns, QueueLab } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { erlangB, meanTimeErlangM1 } from '../testing/theory.ts';
import { burst, delay, occupy, type Step, unlessHit } from './step.ts';

const END = '*';

interface Pool {
  readonly concurrency: number;
  readonly keepAliveMs?: number;
  readonly startMs?: number;
}

/** A function whose bursts each have a CPU of their own. */
function functionLab(pool: Pool, cv: number, start: readonly Step[] = []): Lab {
  const { concurrency, keepAliveMs = 0, startMs = 0 } = pool;
  return {
    components: {
      'vm-basic': {
        kind: 'vm-basic',
        routes: {},
        resources: () => ({
          instances: { type: 'instances', concurrency, keepAliveMs, startMs, cause: 'throttled' },
          cpu: { type: 'station', discipline: 'independent', parallel: 1, cores: 1 },
        }),
        request: () => [occupy('instances'), ...start, burst('cpu', 'app-static')],
      },
    },
    links: [{ from: 'clients', to: 'vm-basic' }],
    demands: { 'app-static': { meanMs: 1, cv } },
  };
}

const LAWS = [
  ['exponential', 1],
  ['constant', 0],
  ['lognormal', 2],
] as const;

describe('a function without a limit is M/G/inf', () => {
  it.each(LAWS)('whose number at work is Poisson, whatever the law: %s', (_, cv) => {
    const load = 5;
    const runs = Array.from({ length: 20 }, (_, i) => {
      const lab = new QueueLab(functionLab({ concurrency: 1e9 }, cv), 2000 + i);
      lab.offer(load);
      lab.run(100);
      // Ten service times apart, what is at work is all but independent.
      const atWork = Array.from({ length: 100 }, () => {
        lab.simulator.runUntil(lab.simulator.nowMs + 10);
        return lab.simulator.inFlight;
      });
      const mean = atWork.reduce((sum, n) => sum + n, 0) / atWork.length;
      const squares = atWork.reduce((sum, n) => sum + (n - mean) * (n - mean), 0);
      return { mean, variance: squares / (atWork.length - 1) };
    });
    expect(errorsOff(estimate(runs.map(({ mean }) => mean)), load)).toBeLessThan(4);
    expect(errorsOff(estimate(runs.map(({ variance }) => variance)), load)).toBeLessThan(4);
  });
});

describe('a function with a limit', () => {
  it.each(LAWS)('throttles as Erlang B says, whatever the law: %s', (_, cv) => {
    const losses = observeRuns(
      functionLab({ concurrency: 8, keepAliveMs: 50 }, cv),
      { perMs: 6, warmUpMs: 50, forMs: 800 },
      (row) => (row(END).errors.throttled ?? 0) / row(END).offered,
    );
    expect(errorsOff(estimate(losses), erlangB(8, 6))).toBeLessThan(4);
  });

  it('throttles and nothing else', () => {
    const lab = new QueueLab(functionLab({ concurrency: 1 }, 1), 1);
    lab.offer(3);
    const row = lab.run(1_000)(END);
    expect(row.errors.throttled).toBe(errorCount(row.errors));
    expect(row.errors.throttled).toBeGreaterThan(1_000);
  });
});

describe('keep-alive', () => {
  it.each([0.5, 1, 2])(
    'of %d mean gaps makes a start cold with probability exp(-T) for the only instance',
    (gaps) => {
      // After an answer the next arrival is one exponential gap away, whatever came before.
      const perMs = 0.2;
      const lab = functionLab({ concurrency: 1, keepAliveMs: gaps / perMs, startMs: 3 }, 1, [
        unlessHit(delay(3)),
      ]);
      const shares = observeRuns(lab, { perMs, warmUpMs: 500, forMs: 12_000 }, (row) => {
        const { served, instances } = row('vm-basic');
        return (instances?.started ?? 0) / served;
      });
      expect(errorsOff(estimate(shares), exp(-gaps))).toBeLessThan(4);
    },
  );

  it('costs a cold request the time of a start, and a warm one nothing', () => {
    const lab: Lab = {
      ...functionLab({ concurrency: 9, keepAliveMs: 10, startMs: 40 }, 0, [unlessHit(delay(40))]),
      arrivals: 'uniform',
    };
    const run = new QueueLab(lab, 1);
    run.offer(1 / 20);
    expect(run.run(1_000)('vm-basic').latency.p50Ms).toBeCloseTo(41, 0);
    run.offer(1 / 5);
    run.run(200);
    expect(run.run(1_000)('vm-basic').latency.p99Ms).toBeCloseTo(1, 1);
  });
});

describe('a service of replicas that take requests in turn', () => {
  it.each([
    [2, 0.7],
    [4, 0.8],
  ])('%i of them, each with a load of %d, is E/M/1', (replicas, utilisation) => {
    const lab: Lab = {
      components: {
        'vm-basic': {
          kind: 'vm-basic',
          routes: {},
          resources: () => ({
            replicas: {
              type: 'replicas',
              station: 'cpu',
              parallel: 1,
              cores: 1,
              backlog: 1e9,
              startMs: 1,
              min: replicas,
              most: replicas,
              targetUtilisation: 1,
              stabilisationMs: 0,
              cause: 'queue-full',
            },
          }),
          request: () => [occupy('replicas'), burst('cpu', 'app-static')],
        },
      },
      links: [{ from: 'clients', to: 'vm-basic' }],
    };
    const perMs = utilisation * replicas;
    const times = observeRuns(lab, { perMs, warmUpMs: 200, forMs: 16_000 / replicas }, (row) =>
      meanMs(row(END)),
    );
    const expected = meanTimeErlangM1(replicas, utilisation);
    expect(errorsOff(estimate(times), expected)).toBeLessThan(4);
  });
});
