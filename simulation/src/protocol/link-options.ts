import type { Static } from 'typebox';
import * as Type from 'typebox';

const closed = { additionalProperties: false };

export const RetryOptionsSchema = Type.Object(
  {
    /** Further attempts after the first. */
    attempts: Type.Integer({ minimum: 1, maximum: 10 }),
    /** Pause before the first further attempt; it doubles with each one after that. */
    backoffMs: Type.Number({ minimum: 0, maximum: 60_000 }),
    /** Full jitter: each pause is drawn evenly from nothing up to its length. */
    jitter: Type.Boolean(),
    /** Further attempts allowed for each request, over time; null when there is no budget. */
    budgetRatio: Type.Union([Type.Number({ minimum: 0.001, maximum: 1 }), Type.Null()]),
  },
  closed,
);
export type RetryOptions = Static<typeof RetryOptionsSchema>;

/** A circuit breaker that is closed lets calls pass, an open one refuses them, a half-open one tries a few. */
export const BREAKER_PHASES = ['closed', 'open', 'half-open'] as const;
export type BreakerPhase = (typeof BREAKER_PHASES)[number];

export const BreakerOptionsSchema = Type.Object(
  {
    /** Opens when this share of a window's calls has failed. */
    failureRatio: Type.Number({ minimum: 0.001, maximum: 1 }),
    windowSeconds: Type.Number({ minimum: 0.1, maximum: 600 }),
    /** Calls in a window before their failures are judged. */
    minimumCalls: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** How long it lets nothing through. */
    openSeconds: Type.Number({ minimum: 0.1, maximum: 600 }),
    /** Calls let through after that; when all are answered it closes. */
    probes: Type.Integer({ minimum: 1, maximum: 100 }),
  },
  closed,
);
export type BreakerOptions = Static<typeof BreakerOptionsSchema>;

/**
 * How a node calls over one link. With any of these a call is the caller's own affair: a caller that gives
 * up does not stop the node it called. Without them a request that is given up stops wherever it is.
 */
export const CallOptionsSchema = Type.Object(
  {
    /** The caller gives the call up after this time. */
    timeoutMs: Type.Optional(Type.Number({ minimum: 1, maximum: 60_000 })),
    retries: Type.Optional(RetryOptionsSchema),
    breaker: Type.Optional(BreakerOptionsSchema),
    /** Bulkhead: calls under way at once; more are refused by the caller itself. */
    maxConcurrent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  },
  { ...closed, minProperties: 1 },
);
export type CallOptions = Static<typeof CallOptionsSchema>;
