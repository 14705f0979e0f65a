import type {
  FieldForm,
  NodeOptionForms,
  NodeOptionName,
  NodeOptions,
  OptionForm,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { fromShown, type OptionUnit, toShown } from '../../../building/option-units.ts';

/** Puts a control back to the present value when the run refuses a change. */
export type PutBack = () => void;

type Given = Required<NodeOptions>;
type NullableOption = {
  [O in NodeOptionName]: null extends Given[O] ? O : never;
}[NodeOptionName];

/** What an option that was off begins with when it is switched on. */
export const FIRST_VALUES: { readonly [O in NullableOption]: NonNullable<Given[O]> } = {
  healthCheck: { intervalSeconds: 5, unhealthyAfter: 3, healthyAfter: 2 },
  rateLimit: { perSecond: 100, burst: 100 },
  ttlSeconds: 60,
  expirySeconds: 60,
  shards: { by: 'key', count: 2 },
  shedding: { targetMs: 100 },
  snapshotSeconds: 30,
  backupSeconds: 120,
  restoreSeconds: 30,
};

/** The value of a node's option, whether the node states it or not. */
export function optionValue(node: TopologyNode, form: OptionForm): unknown {
  const stated: Readonly<Record<string, unknown>> = { ...node };
  return stated[form.name] ?? form.default;
}

/** The options that do something as the node's others are now. */
export function askedForms(node: TopologyNode, forms: NodeOptionForms): readonly OptionForm[] {
  const isIdle: Partial<Record<NodeOptionName, boolean>> = {
    flushSeconds: !(node.kind === 'cache' && node.strategy === 'write-back'),
    restoreSeconds: !takesCopies(node),
  };
  return forms[node.kind].filter(({ name }) => isIdle[name] !== true);
}

function takesCopies(node: TopologyNode): boolean {
  if (node.kind !== 'sql-primary' && node.kind !== 'nosql') return false;
  return (node.snapshotSeconds ?? node.backupSeconds ?? null) !== null;
}

type WrittenForm = Extract<FieldForm, { field: 'number' | 'name' }>;

/** The value that a player wrote into a field; null when the form does not allow it. */
export function writtenValue(
  text: string,
  form: WrittenForm,
  unit: OptionUnit | null,
): number | string | null {
  const plain = text.trim();
  if (form.field === 'name') return new RegExp(form.pattern, 'u').test(plain) ? plain : null;
  const value = plain === '' ? Number.NaN : fromShown(Number(plain), unit);
  const isAllowed = form.isWhole ? Number.isInteger(value) : Number.isFinite(value);
  return isAllowed && value >= form.minimum && value <= form.maximum ? value : null;
}

/** The bounds of a number as a player reads them. */
export function shownBounds(
  { minimum, maximum }: Extract<FieldForm, { field: 'number' }>,
  unit: OptionUnit | null,
): { readonly minimum: number; readonly maximum: number } {
  return { minimum: toShown(minimum, unit), maximum: toShown(maximum, unit) };
}
