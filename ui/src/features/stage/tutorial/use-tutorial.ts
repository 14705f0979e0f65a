import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { useRun } from '../../../session/use-run.ts';
import {
  advance,
  currentStep,
  type StepId,
  shownStep,
  stepValues,
  TUTORIAL_SCENARIO,
  TUTORIAL_STEPS,
  type TutorialView,
} from './tutorial-steps.ts';
import { readTutorialState, type TutorialState, writeTutorialState } from './tutorial-storage.ts';
import { busiestServer } from './tutorial-topology.ts';

/** Where the player is in the tutorial; off once skipped or finished, and on again when asked for. */
export const useTutorial = defineStore('tutorial', () => {
  const run = useRun();
  const tools = useBoardTools();
  const state = ref<TutorialState>(readTutorialState(localStorage));
  const done = shallowRef<ReadonlySet<StepId>>(new Set());
  const shown = ref<StepId | null>(null);

  /** True while a run is open that the tutorial can teach. */
  const isAvailable = computed(
    () => run.info?.readOnly === null && run.info.scenario.id === TUTORIAL_SCENARIO,
  );
  const view = computed<TutorialView | null>(() => {
    if (!isAvailable.value || run.snapshot === null) return null;
    const { selection } = tools;
    const selected = selection?.kind === 'node' ? selection.id : null;
    return {
      snapshot: run.snapshot,
      speed: run.speed,
      selected,
      busiest: busiestServer(run.snapshot.topology, run.nodeHistory),
      shown: shown.value,
    };
  });
  const step = computed<StepId | null>(() =>
    state.value === 'on' && view.value !== null ? shownStep(done.value, view.value) : null,
  );

  function set(next: TutorialState): void {
    state.value = next;
    writeTutorialState(localStorage, next);
  }

  function startOver(): void {
    done.value = new Set();
    shown.value = null;
  }

  function follow(): void {
    if (state.value !== 'on' || view.value === null) return;
    done.value = advance(done.value, view.value);
    shown.value = step.value;
  }

  watch(() => run.info, startOver);
  watch(view, follow, { immediate: true });

  /** Goes on from a step that only had to be read. */
  function next(): void {
    if (step.value === null) return;
    done.value = new Set(done.value).add(step.value);
    if (currentStep(done.value) === null) set('finished');
    else follow();
  }

  /** Starts the tutorial over; what the board already shows is passed by. */
  function reopen(): void {
    startOver();
    set('on');
    follow();
  }

  return {
    state,
    isAvailable,
    step,
    anchor: computed(() =>
      step.value && view.value ? TUTORIAL_STEPS[step.value].anchor(view.value) : null,
    ),
    values: computed(() => (view.value ? stepValues(view.value) : {})),
    next,
    skip: (): void => set('skipped'),
    reopen,
  };
});
