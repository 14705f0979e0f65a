import type { NodeKind } from '@project-devops/simulation/protocol';
import { type ComputedRef, computed, effectScope, onScopeDispose, shallowRef, watch } from 'vue';
import { KEYED_OFFERS, type Offer, type OfferGroup } from '../../building/offers.ts';
import { registerShortcut } from '../../composables/use-shortcuts.ts';

/** Keys 1 to 9 take the first nine offers; answers the label of a kind's key, null when it has none. */
export function useShopKeys(
  groups: ComputedRef<readonly OfferGroup[]>,
  take: (offer: Offer) => void,
) {
  const offers = computed(() => groups.value.flatMap((group) => group.offers));
  const kinds = computed(() => offers.value.slice(0, KEYED_OFFERS).map(({ entry }) => entry.kind));
  const labels = shallowRef(new Map<NodeKind, ComputedRef<string>>());
  let scope = effectScope();

  function takeKind(kind: NodeKind): void {
    const offer = offers.value.find(({ entry }) => entry.kind === kind);
    if (offer) take(offer);
  }

  function register(kind: NodeKind, place: number): ComputedRef<string> {
    return registerShortcut({
      id: `place-${kind}`,
      defaultKey: String(place),
      labelKey: `shop.placeKind.${kind}`,
      run: () => takeKind(kind),
    });
  }

  watch(
    () => kinds.value.join(),
    () => {
      scope.stop();
      scope = effectScope(true);
      scope.run(() => {
        labels.value = new Map(kinds.value.map((kind, i) => [kind, register(kind, i + 1)]));
      });
    },
    { immediate: true },
  );
  onScopeDispose(() => scope.stop());

  return { keyOf: (kind: NodeKind): string | null => labels.value.get(kind)?.value || null };
}
