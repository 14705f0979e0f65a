import type { NodeKind } from '@project-devops/simulation/protocol';

/** Outlines in a 24 by 24 box, drawn as strokes. */
export const NODE_ICONS = {
  clients:
    'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M2 21c0-8 12-8 12 0M16 5a3 3 0 0 1 0 6M17 14c4 0 5 3 5 7',
  'load-balancer': 'M3 12h6m0 0 4-7h8M9 12l4 7h8M9 12h12',
  'vm-basic': 'M4 5h16v6H4zM4 13h16v6H4zM7 8h.01M7 16h.01',
  'sql-primary': 'M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0',
  'sql-replica':
    'M3 5c0-3 12-3 12 0v9c0 3-12 3-12 0zM3 5c0 3 12 3 12 0M9 20c4 2.600 12 1.800 12-1.200V10c0-1.100-1.200-1.800-3-2.200',
  cache: 'M13 2 4 14h7l-1 8 9-12h-7z',
} as const satisfies Record<NodeKind, string>;
