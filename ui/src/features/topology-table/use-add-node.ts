import type { NodeKind, Size } from '@project-devops/simulation/protocol';
import { computed, ref } from 'vue';
import { sizeEntry, soldEntries } from '../../building/offers.ts';
import { buyReason } from '../../building/purchase.ts';
import { useNodeCommands } from '../../building/use-node-commands.ts';
import { useReasonText, useSituation } from '../../building/use-situation.ts';
import { useRun } from '../../session/use-run.ts';

/** A node to be bought without the map: its kind and size, its price, and why it cannot be bought. */
export function useAddNode() {
  const run = useRun();
  const commands = useNodeCommands();
  const situation = useSituation();
  const reasonText = useReasonText();

  const sold = computed(() =>
    soldEntries(run.library?.catalog ?? []).filter(({ kind }) =>
      situation.value?.shop.includes(kind),
    ),
  );
  const chosen = ref<NodeKind | null>(null);
  const kind = computed<NodeKind>({
    get: () => chosen.value ?? sold.value[0]?.kind ?? 'vm-basic',
    set: (next) => {
      chosen.value = next;
    },
  });
  const size = ref<Size>('S');

  const entry = computed(() => sold.value.find((one) => one.kind === kind.value));
  const price = computed(() => sizeEntry(entry.value, size.value)?.price ?? 0);
  const reason = computed(() =>
    reasonText(situation.value && buyReason(situation.value, kind.value, price.value)),
  );

  async function add(): Promise<void> {
    if (reason.value === null) await commands.buy(kind.value, size.value);
  }

  return {
    kind,
    size,
    kinds: computed(() => sold.value.map((one) => one.kind)),
    sizes: computed(() => entry.value?.sizes.map((one) => one.size) ?? []),
    price,
    reason,
    add,
  };
}
