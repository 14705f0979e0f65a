import * as Type from 'typebox';

/** What the options of elastic compute kinds are where a node does not say. */
export const SERVERLESS_DEFAULTS = { concurrencyLimit: 100, keepAliveSeconds: 300 } as const;
export const CONTAINER_DEFAULTS = {
  replicas: 1,
  maxReplicas: 5,
  targetUtilisation: 0.6,
  stabilisationSeconds: 300,
} as const;
export const SOCKET_GATEWAY_DEFAULTS = { users: 2_000, idleSeconds: 60 } as const;

const MAX_REPLICAS = 50;

const replicas = (otherwise: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_REPLICAS, default: otherwise }));

/** Options of a `serverless` function. */
export const SERVERLESS_OPTIONS = {
  /** Requests that are served at once; more are throttled. */
  concurrencyLimit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 5_000, default: SERVERLESS_DEFAULTS.concurrencyLimit }),
  ),
  /** How long an instance is kept ready after its latest request. */
  keepAliveSeconds: Type.Optional(
    Type.Number({ minimum: 0, maximum: 3_600, default: SERVERLESS_DEFAULTS.keepAliveSeconds }),
  ),
};

/** Options of a `container` service. */
export const CONTAINER_OPTIONS = {
  /** Replicas there are at least; counts above `maxReplicas` hold all the same. */
  replicas: replicas(CONTAINER_DEFAULTS.replicas),
  maxReplicas: replicas(CONTAINER_DEFAULTS.maxReplicas),
  /** CPU utilisation of the replicas that the autoscaler aims at. */
  targetUtilisation: Type.Optional(
    Type.Number({ minimum: 0.05, maximum: 1, default: CONTAINER_DEFAULTS.targetUtilisation }),
  ),
  /** For how long the autoscaler remembers a need before it takes replicas away. */
  stabilisationSeconds: Type.Optional(
    Type.Number({ minimum: 0, maximum: 3_600, default: CONTAINER_DEFAULTS.stabilisationSeconds }),
  ),
};

/** Options of a `socket-gateway`. */
export const SOCKET_GATEWAY_OPTIONS = {
  /** Users who are online there, each with a connection of their own. */
  users: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200_000, default: SOCKET_GATEWAY_DEFAULTS.users }),
  ),
  /** How long a connection stays open after its user's latest message. */
  idleSeconds: Type.Optional(
    Type.Number({ minimum: 0, maximum: 3_600, default: SOCKET_GATEWAY_DEFAULTS.idleSeconds }),
  ),
};
