import { fileURLToPath } from 'node:url';
import type { Page, WebSocketRoute } from '@playwright/test';
import type { DoctorReport, RealRequest } from '@project-devops/simulation/protocol';
import { createFakeOrchestrator, type FakeOrchestrator } from '../src/session/sample-real.ts';
import { SAMPLE_OUTLOOK } from '../src/session/sample-real-figures.ts';
import { serveFolder } from './static-server.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

const DOCTOR: DoctorReport = {
  ready: true,
  checks: [
    { id: 'docker', status: 'ok', found: 'Docker 20.10.24 answers.', remedy: null },
    { id: 'memory', status: 'ok', found: '6 GiB of memory are free.', remedy: null },
    {
      id: 'profile',
      status: 'warning',
      found: 'This machine has no hardware profile.',
      remedy: { text: 'Measure it, about 3 minutes:', command: 'npm run calibrate' },
    },
  ],
};

export interface RealPage extends AsyncDisposable {
  readonly address: string;
  readonly fake: FakeOrchestrator;
  /** Breaks the page's connection. */
  cut(): Promise<void>;
}

/** Serves the built page from a folder, and answers its questions to an orchestrator from here. */
export async function routeRealMode(page: Page): Promise<RealPage> {
  const files = await serveFolder(DIST);
  let socket: WebSocketRoute | null = null;
  const fake = createFakeOrchestrator((message) => socket?.send(JSON.stringify(message)));
  const answers: Readonly<Record<string, unknown>> = {
    session: { state: 'open' },
    doctor: DOCTOR,
    'real-outlooks': {
      ...SAMPLE_OUTLOOK,
      missingImages: [{ image: 'project-devops/k6:2.2.0', expectedSeconds: 420 }],
    },
    runs: { items: [] },
  };
  await page.route('**/api/v1/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^.*\/api\/v1\//, '');
    if (path.endsWith('/logs')) return route.fulfill({ json: { lines: ['one', 'two'] } });
    const answer = path.includes('leaderboard') ? { items: [] } : answers[path];
    return answer === undefined
      ? route.fulfill({
          status: 404,
          json: { code: 'not-found', detail: 'There is no such thing.' },
        })
      : route.fulfill({ json: answer });
  });
  await page.routeWebSocket(/\/api\/v1\/real-session$/, (route) => {
    socket = route;
    route.onMessage((data) => fake.receive(JSON.parse(String(data)) as RealRequest));
  });
  return {
    address: files.address,
    fake,
    cut: async () => socket?.close(),
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}
