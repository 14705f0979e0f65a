import type { FastifyInstance } from 'fastify';

/**
 * While the application closes, answers in progress end their connection, which would otherwise be kept alive
 * for a next request and hold the application open.
 */
export function addGracefulClose(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (closing) reply.header('connection', 'close');
    return payload;
  });
}
