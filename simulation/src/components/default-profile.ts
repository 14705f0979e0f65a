import type { Profile } from '../protocol/index.ts';

/** The game's own cloud: the figures the stages are balanced for. */
export const DEFAULT_PROFILE: Profile = {
  format: 'project-devops/profile@1',
  name: 'game cloud',
  demands: {
    'balancer-request': { meanMs: 0.2, cv: 0.3 },
    'app-static': { meanMs: 2, cv: 0.3 },
    'app-read': { meanMs: 3, cv: 0.3 },
    'app-write': { meanMs: 4, cv: 0.3 },
    'app-compute': { meanMs: 25, cv: 0.3 },
    'sql-read': { meanMs: 2, cv: 0.5 },
    'sql-write': { meanMs: 6, cv: 0.5 },
    'sql-apply': { meanMs: 1, cv: 0.5 },
    'cache-get': { meanMs: 0.2, cv: 0.3 },
    'cache-set': { meanMs: 0.2, cv: 0.3 },
  },
  linkLatencyMs: 0.25,
  quotaPeriodMs: 100,
  hostCores: 4,
};
