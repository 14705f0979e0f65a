import type { CatalogEntry, NodeId, NodeKind, Position } from '@project-devops/simulation/protocol';
import { computed, type Ref, shallowRef, watch } from 'vue';
import { type LinkVerdict, linkVerdicts } from '../../../building/connection.ts';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { useNodeCommands } from '../../../building/use-node-commands.ts';
import { useRun } from '../../../session/use-run.ts';

/** What a node is while a link is drawn. */
export type LinkRole = 'none' | 'source' | 'allowed' | 'refused';

/** Drawing a link: from one node, by drag or by two choices, to another. */
export function useConnecting(catalog: Readonly<Ref<ReadonlyMap<NodeKind, CatalogEntry>>>) {
  const run = useRun();
  const tools = useBoardTools();
  const commands = useNodeCommands();
  const from = computed<NodeId | null>(() =>
    tools.tool.kind === 'connect' ? tools.tool.from : null,
  );
  const topology = computed(() => run.snapshot?.topology ?? null);
  const verdicts = computed(() =>
    from.value !== null && topology.value
      ? linkVerdicts(topology.value, catalog.value, from.value)
      : null,
  );
  /** Where the loose end is; null before the pointer is known. */
  const looseEnd = shallowRef<Position | null>(null);
  /** The node under the pointer or the focus. */
  const candidate = shallowRef<NodeId | null>(null);

  const targets = computed<readonly NodeId[]>(() =>
    [...(verdicts.value ?? [])].filter(([, verdict]) => verdict === null).map(([id]) => id),
  );
  const verdictOn = (id: NodeId): LinkVerdict => verdicts.value?.get(id) ?? null;
  /** Why the node under the pointer or the focus cannot be the target. */
  const refusal = computed(() =>
    candidate.value === null || candidate.value === from.value ? null : verdictOn(candidate.value),
  );
  /** Why the source can have no link at all, if the rules say so and not the lack of a target. */
  const blocked = computed(
    () =>
      [...(verdicts.value?.values() ?? [])].find(
        (verdict) => verdict?.code === 'no-connections-left',
      ) ?? null,
  );

  function roleOf(id: NodeId): LinkRole {
    if (!verdicts.value) return 'none';
    if (id === from.value) return 'source';
    return verdicts.value.get(id) === null ? 'allowed' : 'refused';
  }

  /** Puts the tool away and links to a node; answers whether the link is there now. */
  async function complete(to: NodeId): Promise<boolean> {
    const source = from.value;
    if (source === null) return false;
    tools.cancel();
    return commands.connect(source, to);
  }

  watch(from, () => {
    looseEnd.value = null;
    candidate.value = null;
  });
  watch(topology, (now) => {
    if (from.value !== null && !now?.nodes.some((node) => node.id === from.value)) tools.cancel();
  });

  return { from, targets, refusal, blocked, verdictOn, candidate, looseEnd, roleOf, complete };
}
export type Connecting = ReturnType<typeof useConnecting>;
