import { CAUSE_HEADER, FAILED_NODE_HEADER } from '@project-devops/simulation/protocol';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Failure } from './failure.ts';
import type { Service } from './service.ts';

/** Longer than a proxy keeps an unused connection, so that it is never the service that closes one about to be used. */
const KEEP_ALIVE_MS = 120_000;

/** The service's HTTP door; `healthy` says what `/healthz` answers. Not listening yet. */
export function createDoor(service: Service, healthy: () => boolean): FastifyInstance {
  const app = Fastify({
    logger: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
  app.get('/healthz', (_, reply) => {
    reply.code(healthy() ? 200 : 503).send(healthy() ? 'ok' : 'warming up');
  });
  app.get<{ Params: { class: string } }>('/r/:class', (request, reply) => {
    const held = service.take(request.params.class, (failure) => answer(reply, failure));
    if (held === null) {
      reply.code(404).send(`no request class is named ${request.params.class}`);
      return;
    }
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) service.hangUp(held);
    });
  });
  return app;
}

const SERVED = Buffer.from('served\n');
const FAILED = Buffer.from('failed\n');

function answer(reply: FastifyReply, failure: Failure | null): void {
  if (failure === null) {
    reply.send(SERVED);
    return;
  }
  reply
    .code(failure.cause === 'time-out' ? 504 : 503)
    .header(CAUSE_HEADER, failure.cause)
    .header(FAILED_NODE_HEADER, failure.node)
    .send(FAILED);
}
