import type { DoctorReport, Outlook } from '@project-devops/simulation/protocol';
import { onTestFinished } from 'vitest';
import type { Component } from 'vue';
import { SAMPLE_OUTLOOK } from '../../session/sample-real-figures.ts';
import { renderOverWorker } from '../../session/sample-screen.ts';
import { createSampleServer } from '../../session/sample-socket.ts';
import { useReal } from '../../session/use-real.ts';

export const SAMPLE_DOCTOR: DoctorReport = {
  ready: true,
  checks: [{ id: 'docker', status: 'ok', found: 'Docker answers.', remedy: null }],
};

interface Given {
  readonly session?: 'open' | 'none';
  readonly doctor?: DoctorReport;
  readonly outlook?: Outlook;
}

/** Puts a component on the page over the first stage, in front of an orchestrator that is not there. */
export async function renderBesideServer(component: Component, given: Given = {}) {
  const server = createSampleServer();
  const asked: { readonly path: string; readonly body: unknown }[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    session: { state: given.session ?? 'open' },
    doctor: given.doctor ?? SAMPLE_DOCTOR,
    'real-outlooks': given.outlook ?? SAMPLE_OUTLOOK,
  };
  const { fetch, WebSocket } = window;
  window.fetch = async (input, init) => {
    const path = String(input).replace(/^.*\/api\/v1\//, '');
    asked.push({ path, body: init?.body ? JSON.parse(String(init.body)) : null });
    const answer = path.endsWith('/logs') ? { lines: ['one', 'two'] } : answers[path];
    return Response.json(answer ?? { code: 'not-found', detail: 'not there' }, {
      status: answer === undefined ? 404 : 200,
    });
  };
  window.WebSocket = class {
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: the page's `new WebSocket` shall get the sample
      return server.connect() as WebSocket;
    }
  } as unknown as typeof WebSocket;
  onTestFinished(() => void Object.assign(window, { fetch, WebSocket }));
  const sample = await renderOverWorker(component);
  await sample.begin();
  await sample.run.dispatch({ type: 'start-operation' });
  sample.run.setSpeed(0);
  return { ...sample, server, asked, real: useReal() };
}

/** As `renderBesideServer`, with real mode running. */
export async function renderInRealMode(component: Component) {
  const sample = await renderBesideServer(component);
  await sample.real.start({ judge: 'prediction', scale: 1 });
  sample.server.fake.run();
  return sample;
}
