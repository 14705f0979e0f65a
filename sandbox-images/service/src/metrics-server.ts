import { createServer, type Server } from 'node:http';

export const METRICS_PORT = 9100;

/** Metrics in a text format that Prometheus reads; prom-client's registry is one. */
export interface MetricsSource {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/** Serves `GET /metrics` in the Prometheus text format. Rejects when the port is taken. */
export function serveMetrics(registry: MetricsSource, port = METRICS_PORT): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}
