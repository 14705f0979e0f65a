import type { Component } from '../execution/component.ts';
import { append, burst, call, compose, draw, handOver, takeEffect } from '../execution/step.ts';
import type { LogOptions } from '../primitives/log.ts';
import type { Work } from '../protocol/index.ts';
import { type Lab, servers } from './queue-lab.ts';

/** Of a log: room for everything, for ever. */
export const ENDLESS: LogOptions = {
  partitions: 1,
  roomKiB: Number.POSITIVE_INFINITY,
  maxMessageKiB: 1,
  retentionMs: Number.POSITIVE_INFINITY,
  expiryMs: null,
  maxDeliveries: 1,
  acknowledgement: 'leader',
  followersMs: 0,
  rebalancing: 'range',
};

export interface MessageLab {
  readonly log?: Partial<LogOptions>;
  /** Messages processed at once, on as many cores. */
  readonly concurrency?: number;
  /** How long the processing takes. */
  readonly demand?: { readonly meanMs: number; readonly cv: number };
  /** Keys of messages, all as frequent. */
  readonly keys?: number;
}

/** Every request appends a message, in no time; one worker processes them, and nothing else takes time. */
export function messageLab({ log, concurrency = 1, demand, keys = 1 }: MessageLab): Lab {
  const producer: Component = {
    kind: 'vm-basic',
    routes: { queue: [['queue']] },
    resources: () => ({}),
    request: () => [draw('rows'), compose(1), call('queue', 'produce')],
  };
  const queue: Component = {
    kind: 'queue',
    routes: { consumers: [['worker']] },
    resources: () => ({ messages: { type: 'log', ...ENDLESS, ...log } }),
    handlers: () => ({ produce: [append('consumers')], deliver: [handOver] }),
  };
  const worker: Component = {
    kind: 'worker',
    routes: {},
    consumes: () => ({ group: 'workers', concurrency, idempotent: false }),
    resources: () => ({ cpu: servers(concurrency) }),
    handlers: () => ({ consume: [burst('cpu', PROCESSING), takeEffect] }),
  };
  return {
    components: { 'vm-basic': producer, queue, worker },
    links: [
      { from: 'clients', to: 'vm-basic' },
      { from: 'vm-basic', to: 'queue' },
      { from: 'queue', to: 'worker' },
    ],
    data: { items: 1, zipfExponent: 0, hotRows: keys, hotRowExponent: 0 },
    ...(demand === undefined ? {} : { demands: { [PROCESSING]: demand } }),
  };
}

const PROCESSING: Work = 'app-write';
