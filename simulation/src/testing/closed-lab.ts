import { burst, call, type Step } from '../execution/step.ts';
import { QueueLab, servers, serves } from './queue-lab.ts';

/** A closed network: so many customers, each of whom goes round so often, in units of the mean think time. */
interface ClosedNetwork {
  readonly customers: number;
  readonly cycles: number;
  readonly unitMs: number;
}

const cycle: readonly Step[] = [
  burst('thinking', 'app-static'),
  call('first', 'read'),
  call('second', 'read'),
];

/** Mean demands of the two stations, for a mean think time of 1. */
export const CLOSED_DEMANDS = [0.02, 0.03] as const;

/** Requests that think where nobody waits, visit one station (`cache`), then the other (`sql-primary`), and think again; all are there. */
export function closedLab({ customers, cycles, unitMs }: ClosedNetwork, seed: number): QueueLab {
  const [first, second] = CLOSED_DEMANDS;
  const lab = new QueueLab(
    {
      components: {
        'vm-basic': {
          kind: 'vm-basic',
          routes: { first: [['cache']], second: [['sql-primary']] },
          resources: () => ({ thinking: servers(customers) }),
          request: () => Array.from({ length: cycles }, () => cycle).flat(),
        },
        cache: serves('cache', 1, [burst('cpu', 'cache-get')]),
        'sql-primary': serves('sql-primary', 1, [burst('cpu', 'sql-read')]),
      },
      links: [
        { from: 'clients', to: 'vm-basic' },
        { from: 'vm-basic', to: 'cache' },
        { from: 'vm-basic', to: 'sql-primary' },
      ],
      demands: {
        'app-static': { meanMs: unitMs, cv: 1 },
        'cache-get': { meanMs: first * unitMs, cv: 1 },
        'sql-read': { meanMs: second * unitMs, cv: 1 },
      },
      arrivals: 'uniform',
    },
    seed,
  );
  lab.offer(customers);
  lab.run(1.01);
  lab.offer(0);
  return lab;
}
