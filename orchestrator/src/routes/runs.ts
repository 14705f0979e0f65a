import Type from 'typebox';
import { ApiError } from '../errors.ts';
import type { RunStore } from '../runs/run-store.ts';
import { type SaveRunPorts, saveRun } from '../runs/save-run.ts';
import type { TypedApp } from '../typed-app.ts';
import { CHANGE_PROBLEMS, emptyResponse, problemResponses } from './responses.ts';
import { cursorOf, positionOf, type SummaryWriter } from './run-resource.ts';
import {
  DEFAULT_LIMIT,
  RunIdSchema,
  RunPageSchema,
  RunQuerySchema,
  RunSummarySchema,
  SaveRunSchema,
  StoredRunSchema,
} from './runs.schema.ts';

/** A run of the greatest allowed scenario and 5,000 commands stays below this. */
const MAX_RUN_BYTES = 2 * 1024 * 1024;

const tags = ['runs'];
const RunParamsSchema = Type.Object({ id: RunIdSchema }, { additionalProperties: false });

/** Saved runs: `POST`, `GET` (a page), and one run's `GET` and `DELETE`. */
export function addRunRoutes(app: TypedApp, ports: SaveRunPorts, summarise: SummaryWriter): void {
  addSaving(app, ports, summarise);
  addReading(app, ports.store, summarise);
  addDeletion(app, ports.store);
}

function addSaving(app: TypedApp, ports: SaveRunPorts, summarise: SummaryWriter): void {
  app.post(
    '/api/v1/runs',
    {
      bodyLimit: MAX_RUN_BYTES,
      schema: {
        operationId: 'saveRun',
        summary: 'Verify a run by playing it again, and keep it',
        tags,
        body: SaveRunSchema,
        response: {
          200: { ...RunSummarySchema, description: 'this very run was kept before' },
          201: { ...RunSummarySchema, description: 'kept; Location is its address' },
          ...problemResponses(
            ...CHANGE_PROBLEMS,
            'invalid-input',
            'run-not-replayable',
            'run-state-mismatch',
            'run-over-budget',
            'verifier-busy',
            'store-full',
          ),
        },
      },
    },
    async ({ body }, reply) => {
      const player = body.player?.normalize('NFC') ?? null;
      const { created, summary } = await saveRun(ports, body.run, player);
      return reply
        .code(created ? 201 : 200)
        .header('location', `/api/v1/runs/${summary.id}`)
        .send(summarise(summary));
    },
  );
}

function addReading(app: TypedApp, store: RunStore, summarise: SummaryWriter): void {
  app.get(
    '/api/v1/runs',
    {
      config: { cache: 'revalidate' },
      schema: {
        operationId: 'listRuns',
        summary: 'Kept runs, newest first',
        tags,
        querystring: RunQuerySchema,
        response: { 200: RunPageSchema, ...problemResponses('invalid-input') },
      },
    },
    async ({ query: { limit = DEFAULT_LIMIT, scenario, cursor } }) => {
      const runs = await store.list({
        limit: limit + 1,
        ...(scenario !== undefined && { scenarioId: scenario }),
        ...(cursor !== undefined && { after: positionOf(cursor) }),
      });
      const page = runs.slice(0, limit);
      const last = runs.length > limit ? page.at(-1) : undefined;
      return { items: page.map(summarise), nextCursor: last === undefined ? null : cursorOf(last) };
    },
  );

  app.get(
    '/api/v1/runs/:id',
    {
      config: { cache: 'revalidate' },
      schema: {
        operationId: 'getRun',
        summary: 'One run with its commands',
        tags,
        params: RunParamsSchema,
        response: { 200: StoredRunSchema, ...problemResponses('invalid-input', 'run-not-found') },
      },
    },
    async ({ params: { id } }) => {
      const [summary, run] = [await store.summary(id), await store.run(id)];
      if (summary === null || run === null) throw runNotFound(id);
      return { ...summarise(summary), run };
    },
  );
}

function addDeletion(app: TypedApp, store: RunStore): void {
  app.delete(
    '/api/v1/runs/:id',
    {
      schema: {
        operationId: 'deleteRun',
        summary: 'Forget a run',
        tags,
        params: RunParamsSchema,
        response: {
          204: emptyResponse('forgotten'),
          ...problemResponses(...CHANGE_PROBLEMS, 'invalid-input', 'run-not-found'),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      if (!(await store.remove(id))) throw runNotFound(id);
      return reply.code(204).send(null);
    },
  );
}

function runNotFound(id: string): ApiError {
  return new ApiError('run-not-found', `There is no run ${id} here; it may have been deleted.`);
}
