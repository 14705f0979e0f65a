import type { CatalogEntry, NodeView, TopologyNode } from '@project-devops/simulation/protocol';
import { computed, ref } from 'vue';
import { useRun } from '../session/use-run.ts';
import { nodeActions, servesTraffic } from './node-actions.ts';
import { tradeOf } from './trade.ts';
import { useBoardTools } from './use-board-tools.ts';
import { useNodeCommands } from './use-node-commands.ts';
import { useSituation } from './use-situation.ts';

/** What stops a node and is asked about first when requests would be lost. */
export type Stop = 'restart' | 'remove';

/** The actions of one node as they stand now, and doing them. */
export function useNodeActions(
  node: () => TopologyNode,
  view: () => NodeView | null,
  entry: () => CatalogEntry,
) {
  const run = useRun();
  const tools = useBoardTools();
  const situation = useSituation();
  const commands = useNodeCommands();
  const asked = ref<Stop | null>(null);

  const actions = computed(() => {
    if (!situation.value || !run.snapshot) return null;
    const { topology, timeMs } = run.snapshot;
    const trade = tradeOf(node(), entry(), run.events, timeMs);
    return nodeActions(situation.value, entry(), node(), view(), topology, trade);
  });

  /** Stops the node at once when it serves nothing, else asks first. */
  function stop(action: Stop): void {
    if (servesTraffic(view())) asked.value = action;
    else void commands[action](node().id);
  }

  /** Takes the answer to what was asked. */
  function answer(isConfirmed: boolean): void {
    const action = asked.value;
    asked.value = null;
    if (isConfirmed && action) void commands[action](node().id);
  }

  const isConnecting = computed(
    () => tools.tool.kind === 'connect' && tools.tool.from === node().id,
  );

  function toggleConnecting(): void {
    if (isConnecting.value) tools.cancel();
    else tools.startConnecting(node().id);
  }

  return { actions, commands, asked, stop, answer, isConnecting, toggleConnecting };
}
