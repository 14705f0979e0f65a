import type { Registry } from 'prom-client';
import Type from 'typebox';
import { hasSession } from '../plugins/door.ts';
import type { Sessions } from '../plugins/sessions.ts';
import type { UserInterface } from '../plugins/user-interface.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { TypedApp } from '../typed-app.ts';
import { problemResponses, textResponse } from './responses.ts';

export interface OperationPorts {
  readonly registry: Registry;
  readonly store: RunStore;
  readonly userInterface: UserInterface;
  readonly sessions: Sessions;
  readonly ruleset: string;
}

const closed = { additionalProperties: false };
const tags = ['operations'];
const HealthSchema = Type.Object(
  {
    status: Type.Enum(['ok', 'failing']),
    store: Type.Enum(['ok', 'failing']),
    ui: Type.Enum(['built', 'not-built']),
    ruleset: Type.String({ description: 'the rules that runs are verified by' }),
  },
  closed,
);
const SessionSchema = Type.Object(
  { state: Type.Enum(['open', 'none'], { description: '`open`: this browser may change things' }) },
  closed,
);

/** Health, metrics, and whether the browser has a session. */
export function addOperationRoutes(app: TypedApp, ports: OperationPorts): void {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Whether the server can do its work',
        tags,
        response: {
          200: HealthSchema,
          503: { ...HealthSchema, description: 'the store fails' },
          ...problemResponses(),
        },
      },
    },
    async (_request, reply) => {
      const store = (await ports.store.isReady()) ? 'ok' : 'failing';
      const ui = ports.userInterface.isBuilt() ? 'built' : 'not-built';
      const health = { status: store, store, ui, ruleset: ports.ruleset } as const;
      return reply.code(store === 'ok' ? 200 : 503).send(health);
    },
  );

  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        summary: 'Metrics in the Prometheus text format',
        tags,
        response: { 200: textResponse('metrics', 'text/plain'), ...problemResponses() },
      },
    },
    async (_request, reply) =>
      reply
        .type(ports.registry.contentType)
        .serializer(String)
        .send(await ports.registry.metrics()),
  );

  app.get(
    '/api/v1/session',
    {
      schema: {
        operationId: 'getSession',
        summary: 'Whether this browser may change things',
        tags,
        response: { 200: SessionSchema, ...problemResponses() },
      },
    },
    async (request) => ({ state: hasSession(request, ports.sessions) ? 'open' : 'none' }) as const,
  );
}
