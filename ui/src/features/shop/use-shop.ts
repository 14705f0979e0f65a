import type { NodeKind, Size } from '@project-devops/simulation/protocol';
import { computed, shallowRef } from 'vue';
import { type Offer, shopOffers } from '../../building/offers.ts';
import { useBoardTools } from '../../building/use-board-tools.ts';
import { useSituation } from '../../building/use-situation.ts';
import { useRun } from '../../session/use-run.ts';

/** The shop's shelves, the size chosen of each kind, and taking an offer in hand. */
export function useShop() {
  const run = useRun();
  const tools = useBoardTools();
  const situation = useSituation();
  const chosen = shallowRef<Readonly<Partial<Record<NodeKind, Size>>>>({});

  const groups = computed(() =>
    situation.value && run.library
      ? shopOffers(run.library.catalog, situation.value, chosen.value)
      : [],
  );

  const inHand = computed(() => (tools.tool.kind === 'place' ? tools.tool.nodeKind : null));

  /** Takes an offer in hand, or puts it back; does nothing with what cannot be bought. */
  function take({ entry, size, sale }: Offer): void {
    if (inHand.value === entry.kind) tools.cancel();
    else if (sale.state === 'for-sale') tools.startPlacing(entry.kind, size.size);
  }

  function choose(kind: NodeKind, size: Size): void {
    chosen.value = { ...chosen.value, [kind]: size };
    if (inHand.value === kind) tools.startPlacing(kind, size);
  }

  return { groups, inHand, take, choose };
}
