import type { AlertId, AlertLevel } from './alert.ts';
import type { FaultKind } from './fault.ts';
import type { NodeId } from './ids.ts';
import type { LinkKey } from './link-key.ts';
import type { Strategy } from './release.ts';
import type { Text } from './scenario.ts';
import type { NodeKind } from './topology.ts';
import type { Cause, Department, RestoreSource, Size } from './vocabulary.ts';

/** What holds a node back. */
export type Limit = 'cpu' | 'connections' | 'row-locks' | 'backlog';

/** How a stage can end. */
export type Ending = 'won' | 'service-down' | 'bankrupt';

/** A fault as it is told of; `target`: ids of nodes, a link's key, or a zone. */
interface ToldFault {
  readonly fault: string;
  readonly kind: FaultKind;
  readonly target: string;
}

/** What faults bring about, besides what they do to requests. */
export type FaultHappening =
  /** A spot interruption begins with its notice. */
  | ({ readonly type: 'fault-began' } & ToldFault)
  | ({ readonly type: 'fault-ended' } & ToldFault)
  /** A node's memory was full: what it held is lost, and it starts anew. */
  | { readonly type: 'node-killed'; readonly node: NodeId; readonly cause: 'out-of-memory' }
  | DataRestored;

/** A node whose disks were lost serves again. */
interface DataRestored {
  readonly type: 'data-restored';
  /** The fault that lost them. */
  readonly fault: string;
  readonly node: NodeId;
  /** Null: there was nothing to restore from, and all it held is gone. */
  readonly from: RestoreSource | null;
  /** Achieved recovery point: the time before the fault whose writes are lost; zero when none is, null when all are. */
  readonly rpoSeconds: number | null;
  /** Achieved recovery time: from the fault until the node serves again. */
  readonly rtoSeconds: number;
  /** Committed writes that are gone; of a queue, messages. */
  readonly lostWrites: number;
}

/** What becomes of releases. */
export type DeploymentHappening =
  | { readonly type: 'release-offered'; readonly version: string }
  | {
      readonly type: 'deployment-began';
      readonly version: string;
      readonly strategy: Strategy;
      /** How many nodes it is for. */
      readonly count: number;
    }
  | {
      readonly type: 'canary-judged';
      readonly node: NodeId;
      readonly version: string;
      readonly verdict: 'good' | 'bad';
    }
  | {
      readonly type: 'deployment-ended';
      readonly version: string;
      /** `given-up`: its nodes were left as they are, some of them perhaps without the version. */
      readonly outcome: 'done' | 'rolled-back' | 'given-up';
    };

/** A condition that somebody has to look at. */
interface ToldAlert {
  readonly level: AlertLevel;
  readonly alert: AlertId;
  /** Null: the whole service. */
  readonly node: NodeId | null;
}

/** What monitoring tells: a condition is there, or has been gone for a while. */
export type AlertHappening =
  | ({ readonly type: 'alert-raised' } & ToldAlert)
  | ({ readonly type: 'alert-cleared' } & ToldAlert);

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
  /** A replica takes a primary's place; writes that it had not applied are lost. */
  | {
      readonly type: 'replica-promoted';
      readonly node: NodeId;
      readonly primary: NodeId;
      readonly lostWrites: number;
    }
  | { readonly type: 'link-connected'; readonly link: LinkKey }
  | { readonly type: 'link-disconnected'; readonly link: LinkKey }
  | { readonly type: 'link-configured'; readonly link: LinkKey }
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
  | { readonly type: 'stage-ended'; readonly ending: Ending }
  | AlertHappening
  | FaultHappening
  | DeploymentHappening;

/** A happening in the run's order: by time, then by number. */
export type SimulationEvent = Happening & { readonly atMs: number; readonly seq: number };
