import * as Type from 'typebox';
import { ACKNOWLEDGEMENTS, REBALANCING_POLICIES } from './vocabulary.ts';

/** What the options of queues and workers are where a node does not say. */
export const QUEUE_DEFAULTS = {
  partitions: 8,
  acks: 'leader',
  rebalancing: 'range',
  maxDeliveries: 5,
  maxMessageKiB: 1_024,
  retentionSeconds: 3_600,
  expirySeconds: null,
} as const;
export const WORKER_DEFAULTS = { group: 'workers', concurrency: 4, idempotent: false } as const;

/** What a message of a class that does not say takes. */
export const DEFAULT_MESSAGE_KIB = 4;

const messageKiB = { minimum: 1, maximum: 16_384 };

/** Size of a request class's messages. */
export const MessageKiBSchema = Type.Integer({ ...messageKiB, default: DEFAULT_MESSAGE_KIB });

/** Options of a `queue`. */
export const QUEUE_OPTIONS = {
  /** Order holds within a partition, and at most so many consumers of a group work at once. With fewer than before, the others are read to their end. */
  partitions: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 64, default: QUEUE_DEFAULTS.partitions }),
  ),
  acks: Type.Optional(Type.Enum([...ACKNOWLEDGEMENTS], { default: QUEUE_DEFAULTS.acks })),
  rebalancing: Type.Optional(
    Type.Enum([...REBALANCING_POLICIES], { default: QUEUE_DEFAULTS.rebalancing }),
  ),
  /** Deliveries of a message whose processing fails, before it becomes a dead letter. */
  maxDeliveries: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000, default: QUEUE_DEFAULTS.maxDeliveries }),
  ),
  /** Larger messages are refused. */
  maxMessageKiB: Type.Optional(
    Type.Integer({ ...messageKiB, default: QUEUE_DEFAULTS.maxMessageKiB }),
  ),
  /** Older messages are deleted even if nobody has processed them: they are lost. */
  retentionSeconds: Type.Optional(
    Type.Number({ minimum: 1, maximum: 604_800, default: QUEUE_DEFAULTS.retentionSeconds }),
  ),
  /** Older messages are not worth processing any more and are skipped; null when age does not matter. */
  expirySeconds: Type.Optional(
    Type.Union([Type.Number({ minimum: 0.01, maximum: 604_800 }), Type.Null()], {
      default: QUEUE_DEFAULTS.expirySeconds,
    }),
  ),
};

/** Options of a `worker`. */
export const WORKER_OPTIONS = {
  /** Workers of a group share the messages; each group gets all of them (publish/subscribe). */
  group: Type.Optional(
    Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$', default: WORKER_DEFAULTS.group }),
  ),
  /** Messages of each queue that it processes at once. */
  concurrency: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 64, default: WORKER_DEFAULTS.concurrency }),
  ),
  /** Whether it leaves a message alone that it has processed before; else its write is done again. */
  idempotent: Type.Optional(Type.Boolean({ default: WORKER_DEFAULTS.idempotent })),
};
