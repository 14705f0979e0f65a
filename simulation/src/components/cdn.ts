import type { Component } from '../execution/component.ts';
import {
  burst,
  draw,
  fill,
  forward,
  lookUp,
  type Step,
  take,
  unlessHit,
} from '../execution/step.ts';
import { CDN_DEFAULTS, type RequestClass } from '../protocol/index.ts';
import { BEHIND_CDN } from './kind-groups.ts';
import { backlog, eventLoop } from './machine.ts';

/** What one file takes in the memory of an edge. */
const FILE_KIB = 64;

/**
 * The edge of a content delivery network: it answers requests that are all static from the files it holds, and
 * fetches a file it misses from the service behind it. Everything else it passes on.
 */
export const cdn: Component<'cdn'> = {
  kind: 'cdn',
  routes: { origin: [BEHIND_CDN] },
  resources: (node, around) => {
    const { ttlSeconds } = { ...CDN_DEFAULTS, ...node };
    return {
      cpu: eventLoop(around),
      backlog: backlog(around),
      files: {
        type: 'store',
        items: around.data.items,
        capacity: Math.floor(((around.size?.memoryMiB ?? 0) * 1024) / FILE_KIB),
        ttlMs: ttlSeconds === null ? null : ttlSeconds * 1000,
      },
    };
  },
  request: (requestClass) => [
    take('backlog'),
    burst('cpu', 'cdn-request'),
    ...answer(requestClass),
  ],
};

function answer({ operations }: RequestClass): readonly Step[] {
  if (operations.some((operation) => operation !== 'static')) return [forward('origin')];
  return [draw('items'), lookUp('files'), unlessHit(forward('origin'), fill('files'))];
}
