import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens on all addresses; rejects when the port is taken. */
export async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '0.0.0.0');
  await once(server, 'listening');
}
