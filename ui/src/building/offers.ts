import {
  type CatalogEntry,
  NODE_GROUPS,
  type NodeGroup,
  type NodeKind,
  type Size,
  type SizeEntry,
} from '@project-devops/simulation/protocol';
import { closedReason, lockReason, payReason, type Reason, type Situation } from './purchase.ts';

/** Keys 1 to 9 stand for the first nine offers. */
export const KEYED_OFFERS = 9;

export type OfferState =
  | { readonly state: 'for-sale' }
  | { readonly state: 'too-dear'; readonly reason: Reason }
  | { readonly state: 'locked'; readonly reason: Reason };

export interface Offer {
  readonly entry: CatalogEntry;
  readonly size: SizeEntry;
  /** Its place in the shop from 1. */
  readonly place: number;
  readonly sale: OfferState;
}

export interface OfferGroup {
  readonly group: NodeGroup;
  readonly offers: readonly Offer[];
}

/** What a size of a kind gives and costs; null for a kind or size that does not exist. */
export function sizeEntry(entry: CatalogEntry | undefined, size: Size): SizeEntry | null {
  return entry?.sizes.find((one) => one.size === size) ?? null;
}

/** Buyable kinds in the order of the shop: by group, then as the catalog lists them. */
export function soldEntries(catalog: readonly CatalogEntry[]): CatalogEntry[] {
  return NODE_GROUPS.flatMap((group) =>
    catalog.filter((entry) => entry.group === group && entry.sizes.length > 0),
  );
}

function saleOf(situation: Situation, kind: NodeKind, price: number): OfferState {
  const locked = closedReason(situation) ?? lockReason(situation, kind);
  if (locked) return { state: 'locked', reason: locked };
  const dear = payReason(situation, price);
  return dear ? { state: 'too-dear', reason: dear } : { state: 'for-sale' };
}

/** The shelves of the stage's shop; a kind is offered in its chosen size, or in its smallest. */
export function shopOffers(
  catalog: readonly CatalogEntry[],
  situation: Situation,
  chosen: Readonly<Partial<Record<NodeKind, Size>>>,
): OfferGroup[] {
  const entries = soldEntries(catalog).filter(({ kind }) => situation.shop.includes(kind));
  const offers = entries.flatMap((entry, index): Offer[] => {
    const size = sizeEntry(entry, chosen[entry.kind] ?? 'S') ?? entry.sizes[0];
    if (!size) return [];
    return [{ entry, size, place: index + 1, sale: saleOf(situation, entry.kind, size.price) }];
  });
  return NODE_GROUPS.map((group) => ({
    group,
    offers: offers.filter((offer) => offer.entry.group === group),
  })).filter(({ offers: inGroup }) => inGroup.length > 0);
}
