import { createPinia } from 'pinia';
import { createApp, nextTick } from 'vue';
import { i18n } from '../../../locales/index.ts';
import '../../../styles/tokens.css';
import '../../../styles/base.css';
import { SESSION_FACTORY, useRun } from '../../../session/use-run.ts';
import { sampleScenario } from '../../inspector/sample-run.ts';
import BoardView from '../BoardView.vue';
import { createBenchSession } from './bench-session.ts';
import { createFrameMeter } from './frame-meter.ts';

/** What the page found out about itself. */
export interface BoardFigures {
  readonly nodes: number;
  readonly links: number;
  /** Marks alive at the end. */
  readonly marks: number;
  /** From the first line of the map's code to its first complete picture. */
  readonly mountMs: number;
  readonly framesPerSecond: number;
  /** Script on the main thread in a frame: snapshot, Vue and painting. */
  readonly medianScriptMs: number;
  readonly p95ScriptMs: number;
  readonly longestScriptMs: number;
  readonly renderer: 'webgl2' | 'pixels';
}

declare global {
  interface Window {
    boardFigures?: BoardFigures;
  }
}

/** The map's size on a screen of 1440 by 900. */
const MAP_SIZE = { width: '1075px', height: '580px' };
const WARM_UP_MS = 3_000;
const MEASURED_MS = 10_000;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function measure(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const size = {
    nodes: Number(query.get('nodes') ?? 300),
    links: Number(query.get('links') ?? 500),
    marks: Number(query.get('marks') ?? 4_900),
  };
  const session = createBenchSession(size);
  const app = createApp(BoardView).use(createPinia()).use(i18n);
  app.provide(SESSION_FACTORY, () => session);
  const run = app.runWithContext(useRun);
  await run.start({ scenario: sampleScenario, seed: 1 });
  while (run.snapshot === null) await wait(10);

  const frame = document.querySelector<HTMLElement>('#app');
  if (frame) Object.assign(frame.style, MAP_SIZE);
  const startMs = performance.now();
  const view = app.mount('#app') as InstanceType<typeof BoardView>;
  await nextTick();
  const mountMs = performance.now() - startMs;

  const meter = createFrameMeter();
  session.onFrame(meter.aroundFlush);
  await wait(WARM_UP_MS);
  const figures = await meter.measure(MEASURED_MS);
  const canvas = document.querySelectorAll('canvas')[1];
  window.boardFigures = {
    nodes: size.nodes,
    links: size.links,
    marks: view.markCount(),
    mountMs,
    ...figures,
    renderer: canvas?.getContext('2d') ? 'pixels' : 'webgl2',
  };
}

await measure();
