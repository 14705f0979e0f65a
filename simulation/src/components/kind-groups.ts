import type { NodeKind } from '../protocol/index.ts';

/** Kinds that run the application: what stands in front of them may lead to any of these. */
export const APPLICATIONS = [
  'vm-basic',
  'vm-high-cpu',
  'serverless',
  'container',
] as const satisfies readonly NodeKind[];

/** Kinds that a balancer may spread requests over. */
export const BEHIND_BALANCERS = [
  ...APPLICATIONS,
  'socket-gateway',
] as const satisfies readonly NodeKind[];

/** Kinds that a gateway may lead to. */
export const BEHIND_GATEWAYS = [
  'load-balancer',
  ...BEHIND_BALANCERS,
] as const satisfies readonly NodeKind[];

/** Kinds that a firewall may lead to. */
export const BEHIND_FIREWALLS = [
  'api-gateway',
  ...BEHIND_GATEWAYS,
] as const satisfies readonly NodeKind[];

/** Kinds that a CDN may fetch from. */
export const BEHIND_CDN = ['waf', ...BEHIND_FIREWALLS] as const satisfies readonly NodeKind[];

/** Kinds that clients may reach first. */
export const ENTRANCES = ['cdn', ...BEHIND_CDN] as const satisfies readonly NodeKind[];

/** What an application may call. */
export const STORES = [
  'cache',
  'sql-primary',
  'sql-replica',
  'nosql',
  'queue',
] as const satisfies readonly NodeKind[];
