import { randomUUID } from 'node:crypto';
import type { Scenario } from '@project-devops/simulation/protocol';
import fastify from 'fastify';
import type { Config } from './config.ts';
import { addCaching } from './plugins/caching.ts';
import { addDoor } from './plugins/door.ts';
import { addGracefulClose } from './plugins/graceful-close.ts';
import { createHostAllowList } from './plugins/host-allow-list.ts';
import { addMetrics } from './plugins/metrics.ts';
import { addNotFound } from './plugins/not-found.ts';
import { addOpenApi } from './plugins/openapi.ts';
import { addProblemAnswers, refuseConnection, sendProblem } from './plugins/problem-answers.ts';
import { type RouteTable, recordRoutes } from './plugins/route-table.ts';
import { addSecurityHeaders } from './plugins/security-headers.ts';
import type { Sessions } from './plugins/sessions.ts';
import { addUserInterface } from './plugins/user-interface.ts';
import { addValidation } from './plugins/validation.ts';
import { addDocumentRoutes } from './routes/documents.ts';
import { addOperationRoutes } from './routes/operations.ts';
import { addPageRoutes } from './routes/pages.ts';
import { addRealSessionRoutes, type RealModePorts } from './routes/real-session.ts';
import { addRealSocket } from './routes/real-socket.ts';
import { createSummaryWriter } from './routes/run-resource.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addScenarioRoutes } from './routes/scenarios.ts';
import type { SaveRunPorts } from './runs/save-run.ts';
import type { TypedApp } from './typed-app.ts';

/** A request that has not arrived whole by then is refused. */
const REQUEST_TIMEOUT_MS = 15_000;
const TIMEOUT_CHECK_MS = 2_000;
const KEEP_ALIVE_MS = 10_000;
/** For every body but a run's. */
const BODY_LIMIT_BYTES = 16 * 1024;

/** What the application works with; all of it comes from outside so that tests may bring their own. */
export interface AppPorts extends SaveRunPorts {
  readonly scenarios: readonly Scenario[];
  readonly sessions: Sessions;
  readonly realMode: RealModePorts;
}

export interface App {
  readonly server: TypedApp;
  readonly routes: RouteTable;
}

/** Puts the server together without listening. Closing it closes the ports it was given. */
export async function buildApp(config: Config, ports: AppPorts): Promise<App> {
  const app = createServer(config);
  const routes = recordRoutes(app);
  addProblemAnswers(app);
  addGracefulClose(app);
  addValidation(app);
  const registry = addMetrics(app);
  await addSecurityHeaders(app);
  await addDoor(app, { hosts: createHostAllowList(config), sessions: ports.sessions });
  addCaching(app);
  const userInterface = await addUserInterface(app, config.UI_DIR);
  await addOpenApi(app);
  addNotFound(app, routes, userInterface);

  addOperationRoutes(app, { ...ports, registry, userInterface });
  addRunRoutes(app, ports, createSummaryWriter(ports.scenarios));
  addScenarioRoutes(app, ports);
  addRealSessionRoutes(app, ports.realMode);
  await addRealSocket(app, ports.realMode.desk);
  addDocumentRoutes(app);
  addPageRoutes(app, userInterface, ports.sessions);

  app.addHook('onClose', async () => {
    await ports.realMode.close();
    registry.clear();
    await ports.verifier.close();
    await ports.store.close();
  });
  await app.ready();
  return { server: app, routes };
}

function createServer({ LOG_LEVEL }: Config): TypedApp {
  return fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    clientErrorHandler: refuseConnection,
    frameworkErrors: sendProblem,
    // Standard output is for the address; addresses are logged without their query, which may hold the token.
    logger: {
      level: LOG_LEVEL,
      stream: process.stderr,
      serializers: {
        req: ({ method, url }) => ({ method, url: url.split('?', 1)[0] ?? '' }),
      },
    },
  }) as unknown as TypedApp;
}
