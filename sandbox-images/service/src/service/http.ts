import { CAUSE_HEADER, FAILED_NODE_HEADER } from '@project-devops/simulation/protocol';
import fastify, { type FastifyInstance } from 'fastify';
import type { Application } from './application.ts';

/** Longer than a reverse proxy keeps an idle connection, so that it never sends into a closing one. */
const KEEP_ALIVE_MS = 120_000;

/** The requests' way in: `GET /r/<class>`, and `GET /healthz`. */
export function createHttp(application: Application): FastifyInstance {
  const app = fastify({ logger: false, keepAliveTimeout: KEEP_ALIVE_MS, exposeHeadRoutes: false });
  app.get('/healthz', async (_request, reply) => reply.send('ok'));
  app.get<{ Params: { name: string } }>('/r/:name', async (request, reply) => {
    const ended = await application.serve(request.params.name, () => reply.raw.destroyed);
    switch (ended.outcome) {
      case 'served':
        return reply.send('ok');
      case 'unknown':
        return reply.code(404).send('no such class');
      case 'failed':
        return reply
          .code(ended.cause === 'time-out' ? 504 : 503)
          .header(CAUSE_HEADER, ended.cause)
          .header(FAILED_NODE_HEADER, ended.node)
          .send(ended.cause);
    }
  });
  return app;
}
