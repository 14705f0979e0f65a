import type {
  DoctorReport,
  Outlook,
  RequestClass,
  Scenario,
  Topology,
} from '@project-devops/simulation/protocol';
import Type from 'typebox';
import { scorecardMarkdown } from '../comparison/scorecard-markdown.ts';
import { ApiError } from '../errors.ts';
import { problemOf } from '../real/problem.ts';
import type { RealDesk } from '../real/real-desk.ts';
import type { TypedApp } from '../typed-app.ts';
import {
  ContainerParamsSchema,
  DoctorReportSchema,
  LogQuerySchema,
  LogSchema,
  OutlookRequestSchema,
  OutlookSchema,
} from './real-session.schema.ts';
import { CHANGE_PROBLEMS, problemResponses, textResponse } from './responses.ts';

/** What is to run, in the words of a topology and a scenario. */
export interface OutlookQuestion {
  readonly topology: Topology;
  readonly classes: Readonly<Record<string, RequestClass>>;
  readonly data: Scenario['data'];
  readonly scale: number;
}

export interface RealModePorts {
  readonly desk: RealDesk;
  examine(): Promise<DoctorReport>;
  /** Rejects when the container engine does not answer. */
  outlook(question: OutlookQuestion): Promise<Outlook>;
  /** Ends the session, if any, and lets go of the engine. */
  close(): Promise<void>;
}

const tags = ['real mode'];
const DEFAULT_LINES = 200;
/** The greatest allowed topology stays below this. */
const MAX_OUTLOOK_BYTES = 2 * 1024 * 1024;

/** What can be asked about real mode; it is steered over the socket. */
export function addRealSessionRoutes(app: TypedApp, ports: RealModePorts): void {
  addPreview(app, ports);
  addSessionReading(app, ports.desk);
}

function addPreview(app: TypedApp, ports: RealModePorts): void {
  app.get(
    '/api/v1/doctor',
    {
      schema: {
        operationId: 'examineMachine',
        summary: 'What this machine can do for real mode, and what mends what it lacks',
        tags,
        response: { 200: DoctorReportSchema, ...problemResponses() },
      },
    },
    async () => ports.examine() as Promise<never>,
  );

  app.post(
    '/api/v1/real-outlooks',
    {
      bodyLimit: MAX_OUTLOOK_BYTES,
      schema: {
        operationId: 'previewRealMode',
        summary: 'What real mode would start for a topology',
        tags,
        body: OutlookRequestSchema,
        response: {
          200: OutlookSchema,
          ...problemResponses(...CHANGE_PROBLEMS, 'invalid-input', 'engine-unavailable'),
        },
      },
    },
    async ({ body }) => {
      try {
        return (await ports.outlook(body as OutlookQuestion)) as never;
      } catch (error) {
        throw new ApiError('engine-unavailable', problemOf(error).message);
      }
    },
  );
}

function addSessionReading(app: TypedApp, desk: RealDesk): void {
  app.get(
    '/api/v1/real-session/containers/:node/logs',
    {
      schema: {
        operationId: 'getContainerLogs',
        summary: "A container's newest lines, oldest first",
        tags,
        params: ContainerParamsSchema,
        querystring: LogQuerySchema,
        response: {
          200: LogSchema,
          ...problemResponses('invalid-input', 'container-not-found', 'real-mode-off'),
        },
      },
    },
    async ({ params, query: { lines = DEFAULT_LINES } }) => {
      try {
        return { lines: [...(await openSession(desk).logs(params.node, lines))] };
      } catch (error) {
        if (error instanceof ApiError) throw error;
        throw new ApiError('container-not-found', problemOf(error).message);
      }
    },
  );

  app.get(
    '/api/v1/real-session/scorecard',
    {
      schema: {
        operationId: 'getScorecard',
        summary: 'Prediction and reality of the last minute, as JSON or Markdown',
        tags,
        querystring: Type.Object(
          { format: Type.Optional(Type.Enum(['json', 'markdown'])) },
          { additionalProperties: false },
        ),
        response: {
          200: textResponse('the scorecard', 'application/json', 'text/markdown'),
          ...problemResponses('invalid-input', 'real-mode-off'),
        },
      },
    },
    async ({ query: { format = 'json' } }, reply) => {
      const { state } = openSession(desk);
      const scorecard = state.phase === 'running' ? state.scorecard : null;
      if (scorecard === null) {
        throw new ApiError(
          'real-mode-off',
          'Nothing has been measured yet; try again in a few seconds.',
        );
      }
      const markdown = format === 'markdown';
      return reply
        .type(markdown ? 'text/markdown; charset=utf-8' : 'application/json; charset=utf-8')
        .serializer(String)
        .send((markdown ? scorecardMarkdown(scorecard) : JSON.stringify(scorecard)) as never);
    },
  );
}

/** Throws `real-mode-off`. */
function openSession(desk: RealDesk) {
  if (desk.session !== null) return desk.session;
  throw new ApiError('real-mode-off', 'Real mode is off; switch it on in the top bar.');
}
