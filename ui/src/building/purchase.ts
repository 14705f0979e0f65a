import type {
  NodeKind,
  Phase,
  Scenario,
  SessionInfo,
  Snapshot,
} from '@project-devops/simulation/protocol';
import { MAX_NODES } from '@project-devops/simulation/protocol';

/** Why something cannot be done now: a message's key, and the sum of money it names, if any. */
export interface Reason {
  readonly key: string;
  readonly money?: number;
}

/** What decides whether something can be bought or changed. */
export interface Situation {
  readonly phase: Phase;
  readonly readOnly: SessionInfo['readOnly'];
  readonly money: number;
  readonly nodeCount: number;
  readonly shop: readonly NodeKind[];
}

/** The situation of a run at one instant. */
export function situationOf(
  snapshot: Snapshot,
  scenario: Pick<Scenario, 'shop'>,
  readOnly: SessionInfo['readOnly'],
): Situation {
  return {
    phase: snapshot.phase,
    readOnly,
    money: snapshot.money,
    nodeCount: snapshot.topology.nodes.length,
    shop: scenario.shop,
  };
}

/** Why nothing at all can be changed; null while the run can be played. */
export function closedReason({ readOnly, phase }: Situation): Reason | null {
  if (readOnly !== null) return { key: `shop.reasons.${readOnly}` };
  const playing = phase === 'setup' || phase === 'operation';
  return playing ? null : { key: 'shop.reasons.stage-over' };
}

/** Why `price` cannot be paid; null when it can. */
export function payReason({ money }: Situation, price: number): Reason | null {
  const purse = Math.max(0, money);
  return price <= purse ? null : { key: 'shop.reasons.too-dear', money: price - purse };
}

/** Why one more node of a kind is not to be had at any price; null when it is. */
export function lockReason(situation: Situation, kind: NodeKind): Reason | null {
  if (!situation.shop.includes(kind)) return { key: 'shop.reasons.not-for-sale' };
  return situation.nodeCount < MAX_NODES ? null : { key: 'shop.reasons.too-many-nodes' };
}

/** Why one more node of a kind cannot be bought now; null when it can. */
export function buyReason(situation: Situation, kind: NodeKind, price: number): Reason | null {
  return closedReason(situation) ?? lockReason(situation, kind) ?? payReason(situation, price);
}
