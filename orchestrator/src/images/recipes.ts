import type { ImageName } from '../sandbox/desired.ts';
import type { Versions } from './versions.ts';

/** What goes into an image besides its folder. */
export type Part = 'node' | 'service-program' | 'k6' | 'load-program';

/** How an image is made; its folder in `sandbox-images` has the rest. */
export interface Recipe {
  readonly title: string;
  readonly licenses: string;
  readonly version: (versions: Versions) => string;
  readonly parts: readonly Part[];
  /** What building it took on two cores with a near mirror; said beforehand. */
  readonly expectedSeconds: number;
}

export const RECIPES = {
  nginx: {
    title: 'Load balancer: nginx with metrics',
    licenses: 'BSD-2-Clause',
    version: ({ packages }) => packages.nginx,
    parts: [],
    expectedSeconds: 15,
  },
  postgres: {
    title: 'Database: Postgres, primary or replica',
    licenses: 'PostgreSQL',
    version: ({ packages }) => packages['postgresql-17'],
    parts: [],
    expectedSeconds: 30,
  },
  redis: {
    title: 'Cache: Redis',
    licenses: 'AGPL-3.0-only',
    version: ({ packages }) => packages['redis-server'],
    parts: [],
    expectedSeconds: 15,
  },
  prometheus: {
    title: 'Measurements: Prometheus',
    licenses: 'Apache-2.0',
    version: ({ packages }) => packages.prometheus,
    parts: [],
    expectedSeconds: 20,
  },
  service: {
    title: 'Sandbox service and exporter on Node',
    licenses: 'MIT',
    version: ({ node }) => node,
    parts: ['node', 'service-program'],
    expectedSeconds: 10,
  },
  k6: {
    title: 'Load generator: k6',
    licenses: 'AGPL-3.0-only',
    version: ({ k6 }) => k6,
    parts: ['k6', 'load-program'],
    expectedSeconds: 10,
  },
} as const satisfies Record<ImageName, Recipe>;

/** Debian's own image, made with debootstrap where it cannot be pulled. */
export const BASE_EXPECTED_SECONDS = 75;
/** k6 built by Go from its sources, once a machine. */
export const K6_EXPECTED_SECONDS = 600;
