import { ClassIdSchema, type Scenario, ScenarioSchema } from '@project-devops/simulation/protocol';
import Type from 'typebox';
import { ApiError } from '../errors.ts';
import { leaderboard } from '../runs/leaderboard.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { TypedApp } from '../typed-app.ts';
import { problemResponses } from './responses.ts';
import { DEFAULT_LIMIT, LeaderboardSchema, LimitSchema } from './runs.schema.ts';

export interface ScenarioPorts {
  readonly scenarios: readonly Scenario[];
  readonly store: RunStore;
  readonly ruleset: string;
}

const closed = { additionalProperties: false };
const { id, title, situation, goal, durationSeconds } = ScenarioSchema.properties;
const tags = ['scenarios'];
const config = { cache: 'revalidate' } as const;
const ScenarioParamsSchema = Type.Object({ id: ClassIdSchema }, closed);
const notFound = problemResponses('invalid-input', 'scenario-not-found');

const ScenarioListSchema = Type.Object(
  { items: Type.Array(Type.Object({ id, title, situation, goal, durationSeconds }, closed)) },
  closed,
);

/** The built-in scenarios, whole or in brief, and the leaderboard of each. */
export function addScenarioRoutes(app: TypedApp, ports: ScenarioPorts): void {
  const find = finderOf(ports.scenarios);

  app.get(
    '/api/v1/scenarios',
    {
      config,
      schema: {
        operationId: 'listScenarios',
        summary: 'The built-in scenarios in brief',
        tags,
        response: { 200: ScenarioListSchema, ...problemResponses() },
      },
    },
    async () => ({
      items: ports.scenarios.map(({ id, title, situation, goal, durationSeconds }) => ({
        id,
        title,
        situation,
        goal,
        durationSeconds,
      })),
    }),
  );

  app.get(
    '/api/v1/scenarios/:id',
    {
      config,
      schema: {
        operationId: 'getScenario',
        summary: 'One built-in scenario',
        tags,
        params: ScenarioParamsSchema,
        response: { 200: Type.Unsafe<Scenario>(ScenarioSchema), ...notFound },
      },
    },
    async ({ params }) => find(params.id),
  );

  app.get(
    '/api/v1/scenarios/:id/leaderboard',
    {
      config,
      schema: {
        operationId: 'getLeaderboard',
        summary: 'The best verified runs won under a built-in scenario and the present rules',
        tags,
        params: ScenarioParamsSchema,
        querystring: Type.Object({ limit: LimitSchema }, closed),
        response: { 200: LeaderboardSchema, ...notFound },
      },
    },
    async ({ params, query: { limit = DEFAULT_LIMIT } }) => {
      const { store, ruleset } = ports;
      const entries = await leaderboard(store, find(params.id), ruleset, limit);
      return { scenario: params.id, ruleset, items: entries.map(asResource) };
    },
  );
}

function asResource({ savedAtMs, ...entry }: Awaited<ReturnType<typeof leaderboard>>[number]) {
  return { ...entry, savedAt: new Date(savedAtMs).toISOString() };
}

/** Throws `scenario-not-found`. */
function finderOf(scenarios: readonly Scenario[]): (id: string) => Scenario {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  return (id) => {
    const scenario = byId.get(id);
    if (scenario !== undefined) return scenario;
    throw new ApiError('scenario-not-found', `There is no built-in scenario "${id}".`);
  };
}
