import type { FastifyInstance, FastifySchema } from 'fastify';

/** A route as it was declared. */
export interface RouteEntry {
  readonly method: string;
  /** The template, such as `/api/v1/runs/:id`. */
  readonly url: string;
  readonly schema: FastifySchema | undefined;
}

/** Every route of the application, in the order of declaration; filled until the application is ready. */
export type RouteTable = readonly RouteEntry[];

/** Notes each route that is declared after this call. */
export function recordRoutes(app: FastifyInstance): RouteTable {
  const routes: RouteEntry[] = [];
  app.addHook('onRoute', ({ method, url, schema }) => {
    for (const name of [method].flat()) routes.push({ method: name, url, schema });
  });
  return routes;
}

/** The methods that an address takes; empty when no route but a catch-all matches it. */
export function methodsAt(routes: RouteTable, path: string): string[] {
  const matching = routes.filter(({ url }) => !url.includes('*') && templateMatches(url, path));
  return [...new Set(matching.map(({ method }) => method))];
}

function templateMatches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith(':') || part === given[index])
  );
}
