import { computed, ref, shallowRef, watch } from 'vue';
import { useRun } from '../../session/use-run.ts';
import { type EventType, MUTED_AT_FIRST } from './event-traits.ts';
import { groupEvents, type LogFilter, selectEvents } from './log-entries.ts';

/** Entries kept on the page until older ones are asked for. */
export const PAGE = 200;

/** The log as it is shown: filtered, grouped, newest first, a page at a time. */
export function useLog() {
  const run = useRun();
  const filter = ref<LogFilter>('all');
  const muted = shallowRef<ReadonlySet<EventType>>(new Set(MUTED_AT_FIRST));
  const shown = ref(PAGE);

  const heard = computed(() => selectEvents(run.events, 'all', muted.value));
  const entries = computed(() => groupEvents(selectEvents(heard.value, filter.value, muted.value)));
  const page = computed(() => entries.value.slice(0, shown.value));
  const olderCount = computed(() => entries.value.length - page.value.length);

  function toggleMuted(type: EventType): void {
    const next = new Set(muted.value);
    if (!next.delete(type)) next.add(type);
    muted.value = next;
  }

  watch(filter, () => {
    shown.value = PAGE;
  });

  return {
    filter,
    muted,
    heard,
    page,
    olderCount,
    toggleMuted,
    showOlder: () => {
      shown.value += PAGE;
    },
  };
}
