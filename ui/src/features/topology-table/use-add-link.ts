import type { NodeId } from '@project-devops/simulation/protocol';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { linkVerdict } from '../../building/connection.ts';
import { closedReason } from '../../building/purchase.ts';
import { useBoardTools } from '../../building/use-board-tools.ts';
import { useNodeCommands } from '../../building/use-node-commands.ts';
import { useReasonText, useSituation } from '../../building/use-situation.ts';
import { useRun } from '../../session/use-run.ts';

/** The two ends of a link to be added: which are possible, and why it cannot be added yet. */
export function useAddLink() {
  const { t } = useI18n({ useScope: 'global' });
  const run = useRun();
  const tools = useBoardTools();
  const commands = useNodeCommands();
  const situation = useSituation();
  const reasonText = useReasonText();
  const from = ref<NodeId>('');
  const to = ref<NodeId>('');

  const catalog = computed(
    () => new Map((run.library?.catalog ?? []).map((entry) => [entry.kind, entry])),
  );
  const nodes = computed(() => run.snapshot?.topology.nodes ?? []);

  function mayLink(source: NodeId, target: NodeId): boolean {
    const topology = run.snapshot?.topology;
    return topology !== undefined && linkVerdict(topology, catalog.value, source, target) === null;
  }

  const sources = computed(() =>
    nodes.value
      .filter(({ kind }) => (catalog.value.get(kind)?.linksTo.length ?? 0) > 0)
      .map(({ id }) => id),
  );
  const targets = computed(() =>
    nodes.value.map(({ id }) => id).filter((id) => from.value !== '' && mayLink(from.value, id)),
  );
  const reason = computed(() => {
    const closed = reasonText(situation.value && closedReason(situation.value));
    if (closed !== null) return closed;
    return from.value === '' || to.value === '' ? t('table.reasons.choose-both') : null;
  });

  async function add(): Promise<void> {
    if (reason.value !== null) return;
    if (await commands.connect(from.value, to.value)) to.value = '';
  }

  watch(
    () => tools.selection,
    (selection) => {
      if (selection?.kind === 'node' && sources.value.includes(selection.id)) {
        from.value = selection.id;
      }
    },
    { immediate: true },
  );
  watch(targets, (possible) => {
    if (to.value !== '' && !possible.includes(to.value)) to.value = '';
  });

  return { from, to, sources, targets, reason, add };
}
