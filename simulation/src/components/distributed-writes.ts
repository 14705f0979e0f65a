import { routeTo, type Surroundings } from '../execution/component.ts';
import {
  aside,
  burst,
  call,
  compensated,
  delay,
  draw,
  expectSuccess,
  give,
  refuse,
  type Step,
  take,
  tryCall,
  unlessHit,
  untilHit,
} from '../execution/step.ts';
import type { NodeId, RequestClass } from '../protocol/index.ts';

/** How long a write waits in an outbox until its relay takes it along, or tries again. */
const RELAY_MS = 100;

/**
 * The databases that a class's writes go to by turns, when it has a way to keep these consistent and its writes
 * go to at least two of them; null otherwise, and each write is then one of its own.
 */
export function distributedOver(
  { consistency, operations }: RequestClass,
  around: Surroundings,
): readonly NodeId[] | null {
  if (consistency === undefined) return null;
  const writes = operations.filter((operation) => operation === 'write').length;
  const databases = around.targets('writes').map(({ id }) => id);
  if (writes < 2 || databases.length < 2) return null;
  return Array.from({ length: writes }, (_, i) => databases[i % databases.length] as NodeId);
}

/** All writes of a request as one: of the same row, each in its database. */
export function distributedWrite(
  consistency: NonNullable<RequestClass['consistency']>,
  databases: readonly NodeId[],
): readonly Step[] {
  return [
    ...databases.map(() => burst('cpu', 'app-write')),
    draw('rows'),
    ...WAYS[consistency](databases),
  ];
}

const WAYS = {
  'two-phase-commit': twoPhaseCommit,
  saga,
  outbox,
} satisfies Record<
  NonNullable<RequestClass['consistency']>,
  (databases: readonly NodeId[]) => readonly Step[]
>;

/**
 * Prepare everywhere, then commit everywhere: the row stays locked in each database from its prepare until the
 * application hears of its commit. Two writes in one database are prepared together. A prepare that fails undoes
 * the others at no cost. The coordinator's own log is not modelled: a client that gives up, an application that crashes or a
 * database that does between the first commit and the last leave the write in some of the databases only.
 */
function twoPhaseCommit(databases: readonly NodeId[]): readonly Step[] {
  const parts = [...new Set(databases)].map(routeTo);
  const commits = [...parts].reverse().flatMap((route) => [
    call(route, 'commit-prepared'),
    // The row's lock and the connection, which the prepare has left with the request.
    give,
    give,
  ]);
  return [take('database-pool'), ...parts.map((route) => call(route, 'prepare')), ...commits, give];
}

/** One transaction after the other; when one fails, those before it are undone by writes of their own, the latest first. */
function saga(databases: readonly NodeId[]): readonly Step[] {
  const [first, ...others] = databases.map(routeTo);
  if (first === undefined) return [];
  const transaction = (step: Step) => [take('database-pool'), step, give];
  const done = [first];
  const steps = [...transaction(call(first, 'write'))];
  for (const route of others) {
    const undoing = [...done]
      .reverse()
      .flatMap((before) => [compensated, ...transaction(call(before, 'write'))]);
    steps.push(
      expectSuccess,
      ...transaction(tryCall(route, 'write')),
      unlessHit(...undoing, refuse('rolled-back')),
    );
    done.push(route);
  }
  return steps;
}

/**
 * One transaction that also notes the other writes in an outbox; a relay beside the application takes each along later,
 * and again until it succeeds, or its database is no longer linked (`lostWrites`). One that was under way when the
 * application or the database crashed is sent again, so that it may be done twice; none is forgotten.
 */
function outbox(databases: readonly NodeId[]): readonly Step[] {
  const [first, ...others] = databases.map(routeTo);
  if (first === undefined) return [];
  const relayed = others.map((route) =>
    aside(
      untilHit(
        route,
        delay(RELAY_MS),
        expectSuccess,
        take('database-pool'),
        tryCall(route, 'write'),
        give,
      ),
    ),
  );
  return [take('database-pool'), call(first, 'write'), give, ...relayed];
}
