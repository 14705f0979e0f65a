import { computed, ref, shallowRef, watch } from 'vue';
import { timelineMarks } from '../../narration/timeline-marks.ts';
import { useRun } from '../../session/use-run.ts';
import { latestOnly } from './latest-only.ts';

/** Where a watched run is, how long it is, what is known of it, and moving in it. */
export function useScrubber() {
  const run = useRun();
  /** Where the thumb is held while the run has not caught up yet. */
  const soughtMs = ref<number | null>(null);
  /** Events of the run as far as it was seen; going back does not forget them. */
  const known = shallowRef(run.events);

  watch(
    () => run.events,
    (events) => {
      if (events.length > known.value.length) known.value = events;
    },
  );
  watch(
    () => run.info,
    () => {
      known.value = [];
    },
  );

  const goTo = latestOnly((target: number) => run.seek(target));
  async function seek(target: number): Promise<void> {
    soughtMs.value = target;
    try {
      await goTo(target);
    } finally {
      soughtMs.value = null;
    }
  }

  return {
    timeMs: computed(() => soughtMs.value ?? run.snapshot?.timeMs ?? 0),
    endMs: computed(() => run.info?.endMs ?? run.snapshot?.timeMs ?? 0),
    marks: computed(() => timelineMarks(known.value)),
    seek,
  };
}
