import { createPinia } from 'pinia';
import { onTestFinished } from 'vitest';
import { render } from 'vitest-browser-vue';
import type { Component } from 'vue';
import { i18n } from '../locales/index.ts';
import { SESSION_FACTORY, useRun } from './use-run.ts';
import { createWorkerSession } from './worker-session.ts';
import '../styles/base.css';
import '../styles/tokens.css';

/** Puts a component on the page over a run of the first stage in a real worker, for tests in a browser. */
export async function renderOverWorker(component: Component, props: Record<string, unknown> = {}) {
  localStorage.clear();
  const pinia = createPinia();
  const session = createWorkerSession();
  onTestFinished(() => session.close());
  document.documentElement.dataset.theme = 'dark';
  const global = {
    plugins: [pinia, i18n],
    provide: { [SESSION_FACTORY as symbol]: () => session },
  };
  const screen = await render(component, { global, props });
  const run = useRun(pinia);
  const [scenario] = (await session.library()).scenarios;
  if (!scenario) throw new Error('There is no scenario.');
  return { screen, run, scenario, begin: () => run.start({ scenario, seed: 3 }) };
}
