import websocket from '@fastify/websocket';
import {
  parse,
  type RealMessage,
  type RealRequest,
  RealRequestSchema,
} from '@project-devops/simulation/protocol';
import Type from 'typebox';
import type { WebSocket } from 'ws';
import type { Page, RealDesk } from '../real/real-desk.ts';
import type { TypedApp } from '../typed-app.ts';
import { problemResponses } from './responses.ts';

/** A run with the greatest allowed scenario and 5,000 commands stays below this. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** A page that reads so slowly is cut off; it comes back and is told everything anew. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024;
const PING_MS = 10_000;
/** WebSocket close codes (RFC 6455 and the range for applications). */
const CLOSE = { badMessage: 1007, tooSlow: 4000 } as const;

/**
 * The session's address: read, it tells the state; as a socket it is where the page holds its session.
 * `RealRequest` comes in, `RealMessage` goes out, both as JSON.
 */
export async function addRealSocket(app: TypedApp, desk: RealDesk): Promise<void> {
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
  app.addHook('onResponse', async ({ headers, raw }) => {
    // A refused upgrade leaves a connection that nobody else would end.
    if (headers.upgrade !== undefined) raw.socket.destroySoon();
  });
  await app.register(async (scope) => {
    scope.route({
      method: 'GET',
      url: '/api/v1/real-session',
      schema: {
        operationId: 'getRealSession',
        summary: 'The state of the one real-mode session; as a WebSocket, the session itself',
        tags: ['real mode'],
        response: {
          200: Type.Object({ phase: Type.String() }, { additionalProperties: true }),
          ...problemResponses(),
        },
      },
      handler: async () => desk.state,
      wsHandler: (socket) => serve(socket, desk),
    });
  });
}

function serve(socket: WebSocket, desk: RealDesk): void {
  const page: Page = { send: (message) => send(socket, message) };
  let alive = true;
  const ping = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MS);
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('message', (data) => {
    const request = readRequest(String(data));
    if (request === null) return socket.close(CLOSE.badMessage, 'not a request of this socket');
    desk.receive(page, request);
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    desk.closed(page);
  });
  page.send({ type: 'state', state: desk.state });
}

function send(socket: WebSocket, message: RealMessage): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > MAX_UNSENT_BYTES)
    return socket.close(CLOSE.tooSlow, 'reads too slowly');
  socket.send(JSON.stringify(message));
}

function readRequest(text: string): RealRequest | null {
  try {
    const value: unknown = JSON.parse(text);
    return parse(RealRequestSchema, value).ok ? (value as RealRequest) : null;
  } catch {
    return null;
  }
}
