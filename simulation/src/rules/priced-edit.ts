import type { Refusal, Topology } from '../protocol/index.ts';
import { type Ledger, tradedNode } from './ledger.ts';
import {
  type Edit,
  type EditRules,
  editTopology,
  refused,
  type TopologyCommand,
} from './topology-edits.ts';

export type PricedEdit =
  | { readonly ok: true; readonly edit: Edit; readonly cost: number }
  | { readonly ok: false; readonly refusal: Refusal };

/** What a command would make of the topology and what it costs now (negative: money back), or why it cannot be done. */
export function pricedEdit(
  before: Topology,
  command: TopologyCommand,
  rules: EditRules,
  ledger: Ledger,
  nowMs: number,
): PricedEdit {
  const result = editTopology(before, command, rules);
  if (!result.ok) return result;
  const { edit } = result;
  const cost = ledger.costOf(command, before, edit.topology, nowMs);
  const { money } = ledger.economy;
  if (cost <= Math.max(0, money)) return { ok: true, edit, cost };
  return refused('not-enough-money', tradedNode(command) ?? command.type, { price: cost, money });
}
