import { computed, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRun } from '../../session/use-run.ts';
import { type Sorting, sortRows } from './sort-rows.ts';
import { type NodeColumn, type NodeRow, nodeRows } from './table-rows.ts';

const SIZE_ORDER = ['S', 'M', 'L', 'XL'];

/** The rows of the node table in their order. */
export function useNodeTable() {
  const { t } = useI18n({ useScope: 'global' });
  const run = useRun();
  const sorting = shallowRef<Sorting<NodeColumn>>({ column: 'id', direction: 'ascending' });

  const stateText = (row: NodeRow): string =>
    row.state === 'starting' || row.state === 'ready' || row.state === 'down'
      ? t(`table.state.${row.state}`)
      : t('table.state.limited', { name: t(`common.limits.${row.state}`) });

  function rankOf(row: NodeRow): string | number | null {
    const { column } = sorting.value;
    switch (column) {
      case 'kind':
        return t(`common.kinds.${row.kind}`);
      case 'size':
        return row.size && SIZE_ORDER.indexOf(row.size);
      case 'state':
        return stateText(row);
      case 'connections':
        return row.connections && row.connections.used / row.connections.limit;
      default:
        return row[column];
    }
  }

  const rows = computed(() => {
    if (!run.snapshot || !run.library) return [];
    return sortRows(nodeRows(run.snapshot, run.library.catalog), sorting.value.direction, rankOf);
  });

  return { sorting, rows, stateText };
}
