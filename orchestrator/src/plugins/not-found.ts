import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { methodsAt, type RouteTable } from './route-table.ts';
import type { UserInterface } from './user-interface.ts';

const SERVER_PATHS = ['/api', '/schemas', '/problems', '/assets', '/healthz', '/metrics'];

/**
 * Answers what no route answers: 405 where other methods would do, the page where a person navigates within
 * it, 404 otherwise.
 */
export function addNotFound(
  app: FastifyInstance,
  routes: RouteTable,
  userInterface: UserInterface,
): void {
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const methods = methodsAt(routes, path);
    if (methods.length > 0 && !methods.includes(request.method)) {
      reply.header('allow', methods.join(', '));
      throw new ApiError('method-not-allowed', `This address takes ${methods.join(', ')}.`);
    }
    if (!isNavigation(request, path)) {
      throw new ApiError('not-found', 'No route or file answers here. Check the address.');
    }
    userInterface.sendPage(reply);
  });
}

/** A person opening a place inside the page: not a file, not an address of the server's own. */
function isNavigation({ method, headers }: FastifyRequest, path: string): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    (headers.accept ?? '').includes('text/html') &&
    !path.slice(path.lastIndexOf('/')).includes('.') &&
    !SERVER_PATHS.some((own) => path === own || path.startsWith(`${own}/`))
  );
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '';
}
