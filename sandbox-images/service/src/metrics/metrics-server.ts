import type { Server } from 'node:http';
import type { Registry } from 'prom-client';
import { http } from '../http-module.ts';

/**
 * Answers `GET /metrics` with what the registry holds; not listening yet.
 * @param refresh brings the registry up to date first
 */
export function createMetricsServer(
  registry: Registry,
  refresh: () => Promise<void> = async () => {},
): Server {
  return http.createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    await refresh();
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  });
}
