import type { NodeId } from './ids.ts';
import type { LinkKey } from './link-key.ts';
import type { Text } from './scenario.ts';
import type { NodeKind } from './topology.ts';
import type { Cause, Department, Size } from './vocabulary.ts';

/** What holds a node back. */
export type Limit = 'cpu' | 'connections' | 'row-locks' | 'backlog';

/** How a stage can end. */
export type Ending = 'won' | 'service-down' | 'bankrupt';

/** What happened, without time and number. */
export type Happening =
  | { readonly type: 'operation-started' }
  | {
      readonly type: 'node-placed';
      readonly node: NodeId;
      readonly kind: NodeKind;
      readonly paid: number;
    }
  | { readonly type: 'node-started'; readonly node: NodeId }
  | { readonly type: 'node-restarted'; readonly node: NodeId }
  | { readonly type: 'node-removed'; readonly node: NodeId; readonly refund: number }
  | { readonly type: 'node-moved'; readonly node: NodeId }
  | { readonly type: 'node-configured'; readonly node: NodeId }
  | {
      readonly type: 'node-resized';
      readonly node: NodeId;
      readonly from: Size;
      readonly to: Size;
      readonly paid: number;
    }
  | { readonly type: 'link-connected'; readonly link: LinkKey }
  | { readonly type: 'link-disconnected'; readonly link: LinkKey }
  | {
      readonly type: 'message-received';
      readonly department: Department;
      readonly id: string;
      readonly text: Text;
    }
  | {
      readonly type: 'traffic-started';
      readonly id: string;
      readonly label: Text;
      readonly factor: number;
    }
  | { readonly type: 'traffic-ended'; readonly id: string; readonly label: Text }
  /** A node began to drop requests for a cause; said again only after a quiet spell. */
  | {
      readonly type: 'requests-dropped';
      readonly node: NodeId;
      readonly cause: Cause;
      readonly count: number;
    }
  | {
      readonly type: 'drops-ended';
      readonly node: NodeId;
      readonly cause: Cause;
      readonly count: number;
    }
  | { readonly type: 'node-overloaded'; readonly node: NodeId; readonly limit: Limit }
  | { readonly type: 'node-recovered'; readonly node: NodeId }
  | { readonly type: 'users-reached'; readonly users: number }
  | { readonly type: 'money-low'; readonly money: number }
  | { readonly type: 'error-gauge-passed'; readonly percent: number }
  | { readonly type: 'stage-ended'; readonly ending: Ending };

/** A happening in the run's order: by time, then by number. */
export type SimulationEvent = Happening & { readonly atMs: number; readonly seq: number };
