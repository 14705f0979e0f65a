import cookies from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { type HostAllowList, isAllowedHost, isOwnOrigin, parseHost } from './host-allow-list.ts';
import type { Sessions } from './sessions.ts';

const READING_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

export interface DoorOptions {
  readonly hosts: HostAllowList;
  readonly sessions: Sessions;
}

/**
 * Who may do what. Every request must be addressed to a host of ours, which stops rebound names. Reading
 * needs no session: nothing stored is secret, a run is moves under a name chosen to be shown. Every change and
 * every socket, on whatever address, must come from a page of this server (exact Origin) and carry the launch's
 * cookie; bodies are JSON only, because no other parser is installed. There are no CORS headers at all.
 */
export async function addDoor(app: FastifyInstance, options: DoorOptions): Promise<void> {
  await app.register(cookies);
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    requireAllowedHost(request, options.hosts);
    if (isReading(request)) return;
    requireOwnOrigin(request);
    requireSession(request, reply, options.sessions);
  });
}

/** A socket lasts and carries commands, so opening one counts as a change. */
function isReading({ method, headers }: FastifyRequest): boolean {
  return READING_METHODS.includes(method) && headers.upgrade?.toLowerCase() !== 'websocket';
}

function requireAllowedHost(request: FastifyRequest, hosts: HostAllowList): void {
  if (isAllowedHost(hosts, request.headers.host)) return;
  throw new ApiError(
    'unknown-host',
    'The Host header names no host of this server. Open the printed address, or list the name in ALLOWED_HOSTS.',
  );
}

function requireOwnOrigin(request: FastifyRequest): void {
  if (isOwnOrigin(request.headers.origin, request.headers.host)) return;
  throw new ApiError(
    'foreign-origin',
    'The Origin header is absent or is not the address of this server; a change must come from its own page.',
  );
}

function requireSession(request: FastifyRequest, reply: FastifyReply, sessions: Sessions): void {
  if (hasSession(request, sessions)) return;
  reply.header('www-authenticate', 'Launch-Token realm="project-devops"');
  throw new ApiError(
    'session-required',
    'This browser has no session of the present launch. Open the address that the server printed last.',
  );
}

/** Whether the request carries a session of this launch. */
export function hasSession(request: FastifyRequest, sessions: Sessions): boolean {
  return sessions.isOpen(request.cookies[sessionCookieName(request)]);
}

/** Gives the browser its session: for this site's own requests only, out of reach of scripts. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): void {
  reply.setCookie(sessionCookieName(request), secret, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
  });
}

/** Cookies ignore ports, so two servers on one host are told apart by the port in the name. */
function sessionCookieName(request: FastifyRequest): string {
  return `devops-session-${parseHost(request.headers.host)?.port ?? 80}`;
}
