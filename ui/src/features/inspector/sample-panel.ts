import type {
  CatalogEntry,
  Command,
  DispatchResult,
  Frame,
  SessionInfo,
  SimulationEvent,
  Snapshot,
} from '@project-devops/simulation/protocol';
import { NODE_OPTION_FORMS } from '@project-devops/simulation/protocol';
import { createPinia } from 'pinia';
import { render } from 'vitest-browser-vue';
import { type Component, nextTick } from 'vue';
import { i18n } from '../../locales/index.ts';
import type { Session } from '../../session/session.ts';
import { SESSION_FACTORY, useRun } from '../../session/use-run.ts';
import '../../styles/base.css';
import '../../styles/tokens.css';
import { useBoardTools } from '../../building/use-board-tools.ts';
import { sampleCatalog, sampleRow, sampleScenario, sampleSnapshot } from './sample-run.ts';

const SAMPLE_INFO: SessionInfo = {
  scenario: sampleScenario,
  seed: 1,
  forecast: [],
  readOnly: null,
  endMs: null,
};

function unused(): never {
  throw new Error('the sample session has no such thing');
}

/** A session that shows what the test gives it and keeps the commands it is sent. */
function createSampleSession(
  info: SessionInfo,
  answer: DispatchResult,
  catalog: readonly CatalogEntry[],
) {
  const commands: Command[] = [];
  let show: (frame: Frame) => void = unused;
  const session: Session = {
    library: async () => ({
      scenarios: [sampleScenario],
      catalog,
      ruleset: '1-0123456789abcdef',
      optionForms: NODE_OPTION_FORMS,
    }),
    start: async () => info,
    dispatch: async (command) => {
      commands.push(command);
      return answer;
    },
    onFrame: (listener) => {
      show = listener;
      return () => {};
    },
    onFailure: () => () => {},
    setSpeed: () => {},
    close: () => {},
    openFile: unused,
    seek: unused,
    run: unused,
    without: unused,
  };
  return { session, commands, show: (frame: Frame) => show(frame) };
}

interface Given {
  readonly snapshot?: Snapshot;
  readonly events?: readonly SimulationEvent[];
  readonly info?: Partial<SessionInfo>;
  readonly answer?: DispatchResult;
  readonly catalog?: readonly CatalogEntry[];
}

/** Puts a panel on the page over a sample run, for tests in a browser. */
export async function renderPanel(panel: Component, given: Given = {}) {
  const { snapshot = sampleSnapshot, events = [], answer = { ok: true, undo: [] } } = given;
  const { session, commands, show } = createSampleSession(
    { ...SAMPLE_INFO, ...given.info },
    answer,
    given.catalog ?? sampleCatalog,
  );
  const pinia = createPinia();
  document.documentElement.dataset.theme = 'dark';
  const screen = await render(panel, {
    global: { plugins: [pinia, i18n], provide: { [SESSION_FACTORY as symbol]: () => session } },
  });
  const run = useRun(pinia);
  const tools = useBoardTools(pinia);

  async function showFrame(next: Snapshot, news: readonly SimulationEvent[], restarted: boolean) {
    const rows = restarted
      ? next.nodes.flatMap(({ id }) => [1, 2, 3].map((second) => sampleRow(id, second * 1000)))
      : [];
    show({ snapshot: next, events: news, rows, speed: 1, result: null, restarted });
    await nextTick();
  }

  await run.start({ scenario: sampleScenario, seed: 1 });
  await showFrame(snapshot, events, true);
  return {
    screen,
    commands,
    run,
    tools,
    /** The next frame of the run. */
    goOn: (news: readonly SimulationEvent[], next = snapshot) => showFrame(next, news, false),
  };
}
