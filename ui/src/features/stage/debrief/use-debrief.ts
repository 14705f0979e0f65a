import type { Measurement, NodeId, Run } from '@project-devops/simulation/protocol';
import { computed, ref, shallowRef, watch } from 'vue';
import { timelineMarks } from '../../../narration/timeline-marks.ts';
import { useRun } from '../../../session/use-run.ts';
import { keepStageResult } from '../home/stage-result.ts';
import { failureEpisodes } from './failure-episodes.ts';
import { playerActions } from './player-actions.ts';

/** All that the debrief tells of the run on the screen; `told` is null while there is nothing to tell. */
export function useDebrief() {
  const run = useRun();
  const played = shallowRef<Run | null>(null);
  const isOpen = ref(true);
  const isBest = ref(false);

  /** The verdict and what it is about; null until the stage has ended, and for a run that is watched. */
  const told = computed(() => {
    const { result, info, snapshot } = run;
    if (result === null || info === null || snapshot === null || info.readOnly !== null)
      return null;
    return { result, scenario: info.scenario, snapshot };
  });

  async function meet(): Promise<void> {
    played.value = null;
    if (told.value === null) return;
    const { scenario, result } = told.value;
    isOpen.value = true;
    isBest.value = run.library !== null && keepStageResult(scenario, run.library, result);
    played.value = await run.exportRun();
  }

  watch(() => told.value !== null, meet, { immediate: true });

  /** Every node that stood on the board at some time. */
  const nodeIds = computed<NodeId[]>(() => {
    const initial = run.info?.scenario.topology.nodes.map(({ id }) => id) ?? [];
    const placed = run.events.flatMap((event) =>
      event.type === 'node-placed' ? [event.node] : [],
    );
    return [...new Set([...initial, ...placed])];
  });

  const episodes = computed(() => {
    const rows = new Map<NodeId, readonly Measurement[]>();
    for (const id of nodeIds.value) rows.set(id, run.nodeHistory(id));
    const limit = run.info?.scenario.objective.maxErrorRatio ?? 0;
    return failureEpisodes(run.history, rows, limit);
  });

  return {
    told,
    played,
    isOpen,
    isBest,
    episodes,
    marks: computed(() => timelineMarks(run.events)),
    actions: computed(() => playerActions(played.value?.commands ?? [])),
  };
}
