import {
  type ContainerStatus,
  END_TO_END,
  type Judge,
  type NodeId,
  type RealState,
  type Run,
  type ScorecardLine,
} from '@project-devops/simulation/protocol';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Connection, RealOptions } from './real-conversation.ts';
import type { RealSession } from './real-session.ts';
import { useRun } from './use-run.ts';

const OFF: RealState = { phase: 'off' };

/** Real mode as the page sees it: how far it is, who judges, and what it told last. */
export const useReal = defineStore('real', () => {
  const run = useRun();
  const state = shallowRef<RealState>(OFF);
  const connection = shallowRef<Connection>('open');
  const judge = shallowRef<Judge>('prediction');
  /** The log of what was played for real does not fit the simulation: it went back to the switch. To be told, until it is dismissed. */
  const hasGoneBack = shallowRef(false);
  /** Ends, in ms of play, of the measured windows in which k6 could not offer its load. */
  const invalidEnds = shallowRef<ReadonlySet<number>>(new Set());
  let session: RealSession | null = null;

  const running = computed(() => (state.value.phase === 'running' ? state.value : null));
  /** The orchestrator plays the run: its speeds are a pause and 1x. */
  const isInForce = computed(() =>
    ['checking', 'building-images', 'starting', 'running'].includes(state.value.phase),
  );
  /** There is something to show of it. */
  const isShown = computed(() => state.value.phase !== 'off' || hasGoneBack.value);
  const containers = computed(() =>
    state.value.phase === 'running' || state.value.phase === 'starting'
      ? state.value.containers
      : [],
  );
  const statusOf = computed<ReadonlyMap<string, ContainerStatus>>(
    () => new Map(containers.value.map(({ node, status }) => [node, status])),
  );
  const scorecard = computed(() => running.value?.scorecard ?? null);

  /** The scorecard's line for a figure of a node, or of the whole service. */
  function lineOf(
    metric: ScorecardLine['metric'],
    node: NodeId | typeof END_TO_END = END_TO_END,
  ): ScorecardLine | null {
    const lines = scorecard.value?.lines ?? [];
    return lines.find((line) => line.metric === metric && line.node === node) ?? null;
  }

  const isStopping = (): boolean => state.value.phase === 'stopping';

  function fail(code: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const problem = { code, message, node: null, remedy: null, lastLines: [] };
    state.value = { phase: 'failed', problem, doctor: null };
  }

  function follow(next: RealState): void {
    state.value = next;
    if (next.phase === 'off') session = null;
  }

  /** `mayLose`: something has been played that could be lost. */
  async function comeBack(newest: Run | null, mayLose: boolean): Promise<void> {
    const outcome = await run.takeBack(newest);
    hasGoneBack.value = mayLose && outcome === 'as-given' && run.info !== null;
  }

  async function open(options: RealOptions): Promise<void> {
    const { createRealSession } = await import('./real-session.ts');
    await run.handOver((local) => {
      const made = createRealSession(options, {
        local,
        state: (next) => session === made && follow(next),
        connection(next) {
          if (session === made) connection.value = next;
        },
        judge(next) {
          if (session === made) judge.value = next;
        },
      });
      made.onFailure(({ lastRun }) => {
        if (session !== made) return;
        session = null;
        void comeBack(lastRun, true);
      });
      session = made;
      return made;
    });
  }

  /** Starts containers for the run's topology and lets the orchestrator play the run beside them. */
  async function start(options: RealOptions): Promise<void> {
    if (session !== null) return;
    state.value = { phase: 'checking' };
    judge.value = options.judge;
    hasGoneBack.value = false;
    try {
      await open(options);
    } catch (error) {
      if (isInForce.value) fail('not-started', error);
      if (!isStopping()) session = null;
    }
  }

  /** Ends real mode, or gives its start up; the simulation goes on, paused. A failure that was told is forgotten. */
  async function leave(): Promise<void> {
    const left = session;
    if (left === null) {
      state.value = OFF;
      return;
    }
    const hadPlayed = running.value !== null;
    const newest = await left.leave();
    if (session !== left && session !== null) return;
    await comeBack(newest, hadPlayed);
  }

  function setJudge(next: Judge): void {
    session?.setJudge(next);
  }

  /** The run was left, and its source closed with it. */
  function forget(): void {
    session = null;
    state.value = OFF;
    hasGoneBack.value = false;
  }
  watch(
    () => run.info === null,
    (isGone) => {
      if (isGone) forget();
    },
    { flush: 'sync' },
  );

  watch(
    () => run.measured.at(-1)?.endMs ?? 0,
    (end, before) => {
      if (end === 0) invalidEnds.value = new Set();
      if (end <= before || running.value?.load?.valid !== false) return;
      const fresh = run.measured.filter((row) => row.endMs > before).map((row) => row.endMs);
      invalidEnds.value = new Set([...invalidEnds.value, ...fresh]);
    },
  );

  return {
    state,
    connection,
    judge,
    hasGoneBack,
    invalidEnds,
    running,
    isInForce,
    isShown,
    containers,
    statusOf,
    scorecard,
    lineOf,
    start,
    leave,
    setJudge,
  };
});
