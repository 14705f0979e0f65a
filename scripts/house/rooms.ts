/** One room of the house: which files it has and what they may import. */
export interface Room {
  readonly name: string;
  /** A group `part` in it divides the room: each of its texts is a room by itself, closed to the others. */
  readonly files: RegExp;
  /** Other rooms by name (all parts of them); its own files are always allowed. */
  readonly rooms: readonly string[];
  /** Packages by pattern: Node's modules are `node:…`. Absent: any that package.json declares. */
  readonly packages?: readonly RegExp[];
}

const typebox = /^typebox(\/|$)/;
const testing = [/^vitest$/, /^fast-check$/, /^node:/];
const shared = ['protocol'];
const simulation = ['kernel', 'protocol', 'primitives'];
const behaviour = ['execution', 'components', 'policies', 'rules', 'scenarios'];
const shown = ['protocol', 'ui/components', 'ui/composables', 'ui/locales', 'ui/styles'];

/**
 * Who may import whom. A file belongs to the first room that matches; a file of no room is an error, and so
 * is any import that is not named here. There are no exceptions.
 */
export const ROOMS: readonly Room[] = [
  {
    name: 'simulation/tests',
    files: /^simulation\/(.*\.test\.ts|src\/testing\/.*|(bench|golden)\/.*|vitest\.config\.ts)$/,
    rooms: [...simulation, ...behaviour, 'engine'],
    packages: [...testing, typebox, /^vitest\/config$/],
  },
  { name: 'kernel', files: /^simulation\/src\/kernel\//, rooms: [], packages: [] },
  { name: 'protocol', files: /^simulation\/src\/protocol\//, rooms: [], packages: [typebox] },
  {
    name: 'primitives',
    files: /^simulation\/src\/primitives\//,
    rooms: ['kernel', 'protocol'],
    packages: [],
  },
  { name: 'policies', files: /^simulation\/src\/policies\//, rooms: simulation, packages: [] },
  {
    name: 'execution',
    files: /^simulation\/src\/execution\//,
    rooms: [...simulation, 'policies'],
    packages: [],
  },
  {
    name: 'components',
    files: /^simulation\/src\/components\//,
    rooms: [...simulation, 'policies', 'execution'],
    packages: [],
  },
  { name: 'rules', files: /^simulation\/src\/rules\//, rooms: simulation, packages: [] },
  { name: 'scenarios', files: /^simulation\/src\/scenarios\//, rooms: shared, packages: [] },
  {
    name: 'engine',
    files: /^simulation\/src\/[a-z-]+\.ts$/,
    rooms: [...simulation, ...behaviour],
    packages: [],
  },
  { name: 'orchestrator', files: /^orchestrator\//, rooms: ['protocol', 'engine'] },
  { name: 'loadgen', files: /^loadgen\//, rooms: ['protocol', 'engine'] },
  { name: 'sandbox-images', files: /^sandbox-images\//, rooms: ['protocol', 'engine'] },
  {
    name: 'ui/tooling',
    files: /^ui\/((e2e|bench)\/|[a-z.]+\.config\.ts$)/,
    rooms: ['protocol', 'engine', 'ui/tests'],
  },
  {
    name: 'ui/tests',
    files: /^ui\/src\/.*(\.test\.ts|\/sample-[a-z-]+\.ts|\/bench\/[a-z-]+\.ts)$/,
    rooms: [
      ...shown,
      'ui/app',
      'ui/session',
      'ui/worker',
      'ui/building',
      'ui/narration',
      'ui/real-mode',
      'ui/features',
      'ui/features/real',
      'engine',
    ],
  },
  {
    name: 'ui/worker',
    files: /^ui\/src\/worker\//,
    rooms: ['protocol', 'engine', 'ui/session'],
  },
  { name: 'ui/locales', files: /^ui\/src\/locales\//, rooms: ['protocol', 'ui/composables'] },
  { name: 'ui/styles', files: /^ui\/src\/styles\//, rooms: [] },
  {
    name: 'ui/components',
    files: /^ui\/src\/components\//,
    rooms: ['protocol', 'ui/composables', 'ui/locales', 'ui/styles'],
  },
  {
    name: 'ui/composables',
    files: /^ui\/src\/composables\//,
    rooms: ['protocol', 'ui/locales', 'ui/session'],
  },
  {
    name: 'ui/session',
    files: /^ui\/src\/session\//,
    rooms: ['protocol', 'ui/worker', 'ui/composables'],
  },
  {
    name: 'ui/building',
    files: /^ui\/src\/building\//,
    rooms: [...shown, 'ui/session'],
  },
  {
    name: 'ui/narration',
    files: /^ui\/src\/narration\//,
    rooms: [...shown, 'ui/session'],
  },
  { name: 'ui/real-mode', files: /^ui\/src\/real-mode\//, rooms: [...shown, 'ui/session'] },
  // One panel: how real mode fares, and how well it was predicted.
  {
    name: 'ui/features/real',
    files: /^ui\/src\/features\/(real|comparison)\//,
    rooms: [...shown, 'ui/session', 'ui/real-mode'],
  },
  {
    name: 'ui/features',
    files: /^ui\/src\/features\/(?<part>[^/]+)\//,
    rooms: [...shown, 'ui/session', 'ui/building', 'ui/narration', 'ui/real-mode'],
  },
  {
    name: 'ui/app',
    files: /^ui\/src\/[A-Za-z-]+\.(ts|vue)$/,
    rooms: [
      ...shown,
      'ui/session',
      'ui/building',
      'ui/narration',
      'ui/real-mode',
      'ui/features',
      'ui/features/real',
    ],
  },
  {
    name: 'tooling',
    files: /^(scripts|bench)\/|^[a-z.]+\.config\.ts$/,
    rooms: ['protocol', 'engine'],
  },
];

/** The folders that are packages of their own; everything else belongs to the root. */
export const WORKSPACES: readonly string[] = [
  'simulation',
  'orchestrator',
  'ui',
  'loadgen',
  'sandbox-images/service',
];

/** The only doors into `simulation` for the other workspaces, and the room behind each. */
export const ENTRIES: Readonly<Record<string, { room: string; workspace: string }>> = {
  '@project-devops/simulation': { room: 'engine', workspace: 'simulation' },
  '@project-devops/simulation/protocol': { room: 'protocol', workspace: 'simulation' },
};
