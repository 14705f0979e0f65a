import type { Server } from 'node:http';
import { getBuiltinModule } from 'node:process';
import type { Registry } from 'prom-client';

/**
 * A static import of Node's HTTP module evaluates all that it exports, its WebSocket client too, which
 * takes longer than the rest of the start.
 */
const http = getBuiltinModule('node:http');

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
