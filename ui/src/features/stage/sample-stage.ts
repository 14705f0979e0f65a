import type {
  Command,
  Frame,
  Result,
  Run,
  RunTotals,
  Scenario,
  SessionInfo,
  SimulationEvent,
  Snapshot,
  Speed,
} from '@project-devops/simulation/protocol';
import { NODE_OPTION_FORMS } from '@project-devops/simulation/protocol';
import { createPinia } from 'pinia';
import { render } from 'vitest-browser-vue';
import { type Component, nextTick } from 'vue';
import { i18n } from '../../locales/index.ts';
import type { Session, SessionStart } from '../../session/session.ts';
import { SESSION_FACTORY, useRun } from '../../session/use-run.ts';
import '../../styles/base.css';
import '../../styles/tokens.css';
import {
  sampleCatalog,
  sampleRow,
  sampleScenario,
  sampleSnapshot,
} from '../inspector/sample-run.ts';

/** A made-up stage and its end that the tests of the stage's screens share. */

const START = sampleScenario.topology.nodes.filter(({ kind }) => kind !== 'load-balancer');

export const stageScenario: Scenario = {
  ...sampleScenario,
  id: 'hello-world',
  title: 'Hello World',
  topology: { nodes: START, links: [{ from: 'clients', to: 'web-1' }] },
};

export const setupSnapshot: Snapshot = {
  ...sampleSnapshot,
  timeMs: 0,
  phase: 'setup',
  money: 500,
  topology: stageScenario.topology,
  nodes: [],
  links: [],
};

export const stageInfo: SessionInfo = {
  scenario: stageScenario,
  seed: 42,
  forecast: [
    { atSeconds: 0, ratePerSecond: 12 },
    { atSeconds: 300, ratePerSecond: 60 },
    { atSeconds: 480, ratePerSecond: 40 },
  ],
  readOnly: null,
  endMs: null,
};

const totals: RunTotals = { ...sampleSnapshot.totals, errors: { 'queue-full': 120 } };

export const wonResult: Result = {
  ending: 'won',
  rank: 'A',
  points: 88,
  parts: [
    { part: 'throughput', value: 55.5, target: 50, points: 20, maxPoints: 20 },
    { part: 'uptime', value: 0.9979, target: 0.999, points: 12, maxPoints: 20 },
  ],
  totals,
};

export const wonRun: Run = {
  format: 'project-devops/run@1',
  ruleset: '1-0123456789abcdef',
  scenario: stageScenario,
  seed: 42,
  commands: [
    { atMs: 0, command: { type: 'start-operation' } },
    { atMs: 62_000, command: { type: 'connect', from: 'clients', to: 'lb-1' } },
    { atMs: 63_000, command: { type: 'restart-node', id: 'web-1' } },
  ],
  endMs: 480_000,
  stateHash: '0123456789abcdef',
};

/** A frame of the run; what is not given stands still. */
export function frameOf(snapshot: Snapshot, given: Partial<Frame> = {}): Frame {
  const still = { events: [], rows: [], speed: 0, result: null, restarted: true } as const;
  return { snapshot, ...still, ...given };
}

/** The frame in which the stage was won, after three seconds of lost requests. */
export function wonFrame(): Frame {
  const lost = { errors: { 'queue-full': 40 } } as const;
  const rows = [61_000, 62_000, 63_000].flatMap((endMs) => [
    sampleRow('*', endMs, lost),
    sampleRow('web-1', endMs, lost),
  ]);
  const events: SimulationEvent[] = [
    { type: 'operation-started', atMs: 0, seq: 0 },
    { type: 'link-connected', link: 'clients>lb-1', atMs: 62_000, seq: 1 },
  ];
  const ended: Snapshot = { ...sampleSnapshot, phase: 'won', timeMs: 480_000 };
  return frameOf(ended, { rows: [sampleRow('*', 1000), ...rows], events, result: wonResult });
}

interface Given {
  readonly info?: Partial<SessionInfo>;
  readonly session?: Partial<Session>;
}

/** A session that shows the frames a test gives it and keeps what it is asked for. */
function createStageSession({ info, session }: Given) {
  const asked = { commands: [] as Command[], starts: [] as SessionStart[], speeds: [] as Speed[] };
  let show: (frame: Frame) => void = () => {};
  const source: Session = {
    library: async () => ({
      scenarios: [stageScenario],
      catalog: sampleCatalog,
      ruleset: wonRun.ruleset,
      optionForms: NODE_OPTION_FORMS,
    }),
    openFile: async () => ({ kind: 'refused', problems: [] }),
    start: async (start) => {
      asked.starts.push(start);
      return { ...stageInfo, ...info };
    },
    dispatch: async (command) => {
      asked.commands.push(command);
      return { ok: true, undo: [] };
    },
    setSpeed: (speed) => void asked.speeds.push(speed),
    seek: async () => {},
    run: async () => wonRun,
    without: async (commandIndex) => ({ commandIndex, dropped: 0, result: null }),
    onFrame: (listener) => {
      show = listener;
      return () => {};
    },
    onFailure: () => () => {},
    close: () => {},
    ...session,
  };
  return { source, asked, show: (frame: Frame) => show(frame) };
}

/** Puts a screen of the stage on the page, for tests in a browser; no run is open yet. */
export async function renderStage(component: Component, given: Given = {}) {
  const { source, asked, show } = createStageSession(given);
  const pinia = createPinia();
  document.documentElement.dataset.theme = 'dark';
  const screen = await render(component, {
    global: { plugins: [pinia, i18n], provide: { [SESSION_FACTORY as symbol]: () => source } },
  });
  const run = useRun(pinia);

  async function showFrame(frame: Frame): Promise<void> {
    show(frame);
    await nextTick();
  }

  return {
    screen,
    asked,
    run,
    pinia,
    showFrame,
    /** Opens a run and shows its first frame. */
    async open(frame: Frame): Promise<void> {
      await run.start({ scenario: stageScenario, seed: stageInfo.seed });
      await showFrame(frame);
    },
  };
}
