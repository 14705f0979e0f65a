import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

/** How many ports after the default one are tried. */
const PORTS_TRIED = 20;

/** The server cannot listen; the message is one line for the person at the terminal. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

type Listening = Pick<Config, 'HOST' | 'PORT' | 'portAsked'>;

/**
 * Listens and returns the server's own address, without a slash at its end. A taken default port is said and
 * the next free one used; a port that was asked for is used or refused. Throws ListenError.
 */
export async function listen(
  server: FastifyInstance,
  config: Listening,
  onNotice: (text: string) => void,
): Promise<string> {
  const lastPort = config.portAsked ? config.PORT : config.PORT + PORTS_TRIED - 1;
  for (let port = config.PORT; ; port += 1) {
    const failure = await tryListening(server, config.HOST, port);
    if (failure === null) return addressOf(server, config.HOST);
    if (failure.code !== 'EADDRINUSE' || port === lastPort) {
      throw new ListenError(explain(failure, config, lastPort));
    }
    onNotice(`Port ${port} is taken; trying ${port + 1}.`);
  }
}

async function tryListening(
  server: FastifyInstance,
  host: string,
  port: number,
): Promise<NodeJS.ErrnoException | null> {
  try {
    await server.listen({ host, port });
    return null;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

function explain(
  { code, message }: NodeJS.ErrnoException,
  config: Listening,
  lastPort: number,
): string {
  const { HOST, PORT } = config;
  switch (code) {
    case 'EADDRINUSE':
      return PORT === lastPort
        ? `Port ${PORT} on ${HOST} is taken. Stop the program that uses it, or set PORT to another number (0: any free one).`
        : `Ports ${PORT} to ${lastPort} on ${HOST} are all taken. Set PORT to another number (0: any free one).`;
    case 'EACCES':
      return `Port ${PORT} on ${HOST} is not open to this user. Set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${HOST} is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.`;
    default:
      return `The server cannot listen on ${HOST}, port ${PORT}: ${message}.`;
  }
}

function addressOf(server: FastifyInstance, host: string): string {
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${reachable(host)}:${port}`;
}

/** "All addresses" is no address a browser can open; the loopback is one of them. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
