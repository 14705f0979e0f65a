import { constants } from 'node:os';
import type { FastifyInstance } from 'fastify';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** Requests that still run by then are cut off. */
const DRAIN_MS = 5_000;

/** On the first signal requests in progress are finished and everything is closed; a second one ends at once. */
export function closeOnSignals(server: FastifyInstance): void {
  let closing = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (closing) process.exit(128 + constants.signals[signal]);
      closing = true;
      void drain(server);
    });
  }
}

async function drain(server: FastifyInstance): Promise<void> {
  const deadline = setTimeout(() => server.server.closeAllConnections(), DRAIN_MS);
  await server.close();
  clearTimeout(deadline);
}
