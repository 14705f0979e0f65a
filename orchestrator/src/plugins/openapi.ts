import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Gathers the routes declared after this call into an OpenAPI 3.1 document, read by `app.swagger()`. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Project DevOps',
        description: 'Runs, scenarios and leaderboards. Errors are problem details (RFC 9457).',
        version: '1',
      },
      components: {
        securitySchemes: {
          launch: {
            type: 'apiKey',
            in: 'cookie',
            name: 'devops-session-4700',
            description:
              'Got by opening the printed address; the number is the port. Changes also need an Origin header that is the address of the server.',
          },
        },
      },
    },
    transform: ({ schema, url, route }) => ({
      schema: isChange(route.method) ? { ...schema, security: [{ launch: [] }] } : schema,
      url,
    }),
    transformObject: (document) =>
      'openapiObject' in document ? withoutHints(document.openapiObject) : {},
  });
}

function isChange(method: string | string[]): boolean {
  return [method].flat().some((name) => name !== 'GET' && name !== 'HEAD');
}

/** Drops our schemas' `discriminator` names, a keyword to which OpenAPI gives another form. */
function withoutHints<T>(document: T): T {
  return JSON.parse(
    JSON.stringify(document, (key, part: unknown) =>
      key === 'discriminator' && typeof part === 'string' ? undefined : part,
    ),
  ) as T;
}
