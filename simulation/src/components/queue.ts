import type { Component } from '../execution/component.ts';
import { append, burst, delay, handOver, needDisk, take } from '../execution/step.ts';
import { type NodeOf, type Profile, QUEUE_DEFAULTS } from '../protocol/index.ts';
import { connections, eventLoop } from './machine.ts';

/** A follower writes a message this long after it has got it. */
const FOLLOWER_APPEND_MS = 0.5;

/**
 * A message broker (Kafka with one topic): producers append to a partitioned log in its memory, workers
 * process it at their own pace. A producer waits for nothing, for the log's append, or until the log's
 * followers have the message too; the followers are part of the node's price and CPU.
 */
export const queue: Component<'queue'> = {
  kind: 'queue',
  routes: { consumers: [['worker']] },
  resources: (node, around) => ({
    cpu: eventLoop(around),
    connections: connections(around),
    messages: {
      type: 'log',
      ...optionsOf(node),
      roomKiB: (around.size?.memoryMiB ?? 0) * 1024,
      followersMs: followersMs(around.profile),
    },
  }),
  handlers: (around, node) => ({
    produce: [
      take('connections'),
      needDisk,
      burst('cpu', 'queue-append'),
      append('consumers'),
      ...(optionsOf(node).acknowledgement === 'all' ? [delay(followersMs(around.profile))] : []),
    ],
    deliver: [burst('cpu', 'queue-deliver'), handOver],
  }),
};

function optionsOf(node: NodeOf<'queue'>) {
  const { retentionSeconds, expirySeconds, acks, ...others } = { ...QUEUE_DEFAULTS, ...node };
  const { partitions, maxMessageKiB, maxDeliveries, rebalancing } = others;
  return {
    ...{ partitions, maxMessageKiB, maxDeliveries, rebalancing },
    acknowledgement: acks,
    retentionMs: retentionSeconds * 1000,
    expiryMs: expirySeconds === null ? null : expirySeconds * 1000,
  };
}

/** Until the followers have a message and the log knows it: there and back, and their append. */
function followersMs({ linkLatencyMs }: Profile): number {
  return 2 * linkLatencyMs + FOLLOWER_APPEND_MS;
}
