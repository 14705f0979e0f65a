import type { NodeKind } from '@project-devops/simulation/protocol';

/** What the line of a kind's card says while nothing else is asked for. */
export type LineName =
  | 'requests'
  | 'policy'
  | 'cpu'
  | 'cache'
  | 'messages'
  | 'database'
  | 'replica';

/** Figures that the inspector shows. */
export type ReadingName =
  | 'offered'
  | 'served'
  | 'good'
  | 'latency'
  | 'utilisation'
  | 'waiting'
  | 'connections'
  | 'inFlight'
  | 'hitRatio'
  | 'lag'
  | 'lockWaits'
  | 'instances'
  | 'consumerLag'
  | 'deadLetters';

/** How a node kind looks and what it shows. Its words are in `locales`, its options in the protocol. */
export interface KindEntry {
  /** An outline in a 24 by 24 box, drawn as strokes. */
  readonly icon: string;
  /** What a node's id starts with unless the player says otherwise. */
  readonly idPrefix: string;
  readonly line: LineName;
  /** What is worth reading, in the order shown. */
  readonly readings: readonly ReadingName[];
}

const SERVER = ['served', 'latency', 'utilisation', 'waiting', 'connections'] as const;

/** Every kind on the page; one that is missing does not compile. */
export const NODE_CATALOGUE = {
  clients: {
    icon: 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M2 21c0-8 12-8 12 0M16 5a3 3 0 0 1 0 6M17 14c4 0 5 3 5 7',
    idPrefix: 'clients',
    line: 'requests',
    readings: ['offered', 'served', 'good', 'latency', 'inFlight'],
  },
  'load-balancer': {
    icon: 'M3 12h6m0 0 4-7h8M9 12l4 7h8M9 12h12',
    idPrefix: 'lb',
    line: 'policy',
    readings: SERVER,
  },
  'api-gateway': {
    icon: 'M4 20V8a8 8 0 0 1 16 0v12M4 20h4v-9M20 20h-4v-9M12 11v9M10 15h4',
    idPrefix: 'api',
    line: 'cpu',
    readings: SERVER,
  },
  waf: {
    icon: 'M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6zM9 12l2 2 4-4',
    idPrefix: 'waf',
    line: 'cpu',
    readings: SERVER,
  },
  'vm-basic': {
    icon: 'M4 5h16v6H4zM4 13h16v6H4zM7 8h.01M7 16h.01',
    idPrefix: 'web',
    line: 'cpu',
    readings: SERVER,
  },
  'vm-high-cpu': {
    icon: 'M6 6h12v12H6zM10 10h4v4h-4zM9 6V3M15 6V3M9 21v-3M15 21v-3M6 9H3M6 15H3M21 9h-3M21 15h-3',
    idPrefix: 'cpu',
    line: 'cpu',
    readings: SERVER,
  },
  serverless: {
    icon: 'M13 2 5 13h6l-2 9 10-12h-6l2-8zM3 6h4M2 17h4',
    idPrefix: 'fn',
    line: 'cpu',
    readings: ['served', 'latency', 'connections', 'instances'],
  },
  container: {
    icon: 'M3 8l9-5 9 5v8l-9 5-9-5zM3 8l9 5 9-5M12 13v8M8 5.200l9 5',
    idPrefix: 'svc',
    line: 'cpu',
    readings: [...SERVER, 'instances'],
  },
  'socket-gateway': {
    icon: 'M4 5h16v10h-9l-5 4v-4H4zM8 10h.01M12 10h.01M16 10h.01',
    idPrefix: 'socket',
    line: 'cpu',
    readings: SERVER,
  },
  'sql-primary': {
    icon: 'M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0',
    idPrefix: 'primary',
    line: 'database',
    readings: [...SERVER, 'lockWaits'],
  },
  'sql-replica': {
    icon: 'M3 5c0-3 12-3 12 0v9c0 3-12 3-12 0zM3 5c0 3 12 3 12 0M9 20c4 2.600 12 1.800 12-1.200V10c0-1.100-1.200-1.800-3-2.200',
    idPrefix: 'replica',
    line: 'replica',
    readings: [...SERVER, 'lag'],
  },
  cache: {
    icon: 'M13 2 4 14h7l-1 8 9-12h-7z',
    idPrefix: 'cache',
    line: 'cache',
    readings: [...SERVER, 'hitRatio'],
  },
  cdn: {
    icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
    idPrefix: 'cdn',
    line: 'cpu',
    readings: [...SERVER, 'hitRatio'],
  },
  nosql: {
    icon: 'M9 4c-3 0-3 1.500-3 4s-1 4-3 4c2 0 3 1.500 3 4s0 4 3 4M15 4c3 0 3 1.500 3 4s1 4 3 4c-2 0-3 1.500-3 4s0 4-3 4M12 10h.01M12 14h.01',
    idPrefix: 'nosql',
    line: 'cpu',
    readings: SERVER,
  },
  queue: {
    icon: 'M3 7h4v10H3zM10 7h4v10h-4zM17 7h4v10h-4z',
    idPrefix: 'queue',
    line: 'messages',
    readings: [...SERVER, 'consumerLag', 'lag', 'deadLetters'],
  },
  worker: {
    icon: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
    idPrefix: 'worker',
    line: 'cpu',
    readings: ['served', 'latency', 'utilisation', 'waiting', 'inFlight'],
  },
  monitoring: {
    icon: 'M3 12h4l3-8 4 16 3-8h4',
    idPrefix: 'monitor',
    line: 'cpu',
    readings: ['utilisation', 'waiting'],
  },
} as const satisfies Record<NodeKind, KindEntry>;
