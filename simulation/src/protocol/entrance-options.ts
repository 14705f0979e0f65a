import type { Static } from 'typebox';
import * as Type from 'typebox';
import { ClassIdSchema, NodeIdSchema } from './ids.ts';
import { recordOf } from './named-values.ts';
import { BALANCING_POLICIES, FIREWALL_MODES } from './vocabulary.ts';

const closed = { additionalProperties: false };
const ratio = { minimum: 0, maximum: 1 };

/** How a balancer finds out which servers to call. */
export const HealthCheckSchema = Type.Object(
  {
    intervalSeconds: Type.Number({ minimum: 0.1, maximum: 300 }),
    /** Checks in a row that must fail before a server gets no more calls. */
    unhealthyAfter: Type.Integer({ minimum: 1, maximum: 100 }),
    /** Checks in a row that must pass before it gets calls again. */
    healthyAfter: Type.Integer({ minimum: 1, maximum: 100 }),
  },
  closed,
);
export type HealthCheck = Static<typeof HealthCheckSchema>;

/** Options of a `load-balancer`. */
export const BALANCER_OPTIONS = {
  policy: Type.Enum([...BALANCING_POLICIES], { default: 'round-robin' }),
  /** Null: it knows at once which servers are ready. */
  healthCheck: Type.Optional(Type.Union([HealthCheckSchema, Type.Null()], { default: null })),
};

/** Requests that are let through: so many a second, and so many at once after a pause. */
export const RateLimitSchema = Type.Object(
  {
    perSecond: Type.Number({ minimum: 0.1, maximum: 1_000_000 }),
    burst: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  },
  closed,
);
export type RateLimit = Static<typeof RateLimitSchema>;

/** What the options of gateways and firewalls are where a node does not say. */
export const GATEWAY_DEFAULTS = { requireKey: false, rateLimit: null, classes: {} } as const;
export const FIREWALL_DEFAULTS = {
  mode: 'detect',
  detectionRatio: 0.95,
  falsePositiveRatio: 0.01,
} as const;

/** Options of an `api-gateway`. */
export const GATEWAY_OPTIONS = {
  /** Whether requests of classes without a key are refused. */
  requireKey: Type.Optional(Type.Boolean({ default: GATEWAY_DEFAULTS.requireKey })),
  /** Null: no limit. */
  rateLimit: Type.Optional(
    Type.Union([RateLimitSchema, Type.Null()], { default: GATEWAY_DEFAULTS.rateLimit }),
  ),
  /** The linked node that a class's requests go to; those of other classes go to all linked nodes in turn. */
  classes: Type.Optional(
    recordOf(ClassIdSchema, NodeIdSchema, {
      maxProperties: 32,
      ...closed,
      default: GATEWAY_DEFAULTS.classes,
    }),
  ),
};

/** Options of a `waf`. */
export const FIREWALL_OPTIONS = {
  mode: Type.Optional(Type.Enum([...FIREWALL_MODES], { default: FIREWALL_DEFAULTS.mode })),
  /** Share of the hostile requests that it flags. */
  detectionRatio: Type.Optional(
    Type.Number({ ...ratio, default: FIREWALL_DEFAULTS.detectionRatio }),
  ),
  /** Share of the innocent requests that it flags. */
  falsePositiveRatio: Type.Optional(
    Type.Number({ ...ratio, default: FIREWALL_DEFAULTS.falsePositiveRatio }),
  ),
};
