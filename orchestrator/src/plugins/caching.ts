import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** `revalidate`: kept, but asked for again with its tag each time. `never`: not kept. */
export type CachePolicy = 'revalidate' | 'never';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How answers of the route may be kept; `never` when not stated. */
    cache?: CachePolicy;
  }
}

const HEADER: Readonly<Record<CachePolicy, string>> = { revalidate: 'no-cache', never: 'no-store' };

/**
 * States on every answer how it may be kept, and answers 304 where the reader already has it. The tag is weak
 * because the same answer also travels compressed. Files state their own policy.
 */
export function addCaching(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.hasHeader('cache-control')) return payload;
    const policy =
      reply.statusCode === 200 ? (request.routeOptions.config.cache ?? 'never') : 'never';
    reply.header('cache-control', HEADER[policy]);
    if (policy === 'never' || typeof payload !== 'string') return payload;
    const tag = tagOf(payload);
    reply.header('etag', tag);
    if (!isKnown(request.headers['if-none-match'], tag)) return payload;
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    return null;
  });
}

function tagOf(payload: string): string {
  return `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`;
}

function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((candidate) => ['*', tag].includes(candidate.trim()));
}
