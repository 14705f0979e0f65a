import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import SaveToServer from './debrief/SaveToServer.vue';
import StageLeaderboard from './home/StageLeaderboard.vue';
import { renderStage, stageScenario, wonRun } from './sample-stage.ts';

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

const ENTRY = { place: 3, runId: 'r1', player: 'Ada', points: 88, rank: 'A', served: 12_345 };

/** A server that answers by the end of the path, and what it was sent. */
function serve(answers: Readonly<Record<string, () => Response>>) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push(JSON.parse(String(init.body)));
    const path = Object.keys(answers).find((end) => new URL(url).pathname.endsWith(end));
    return path === undefined ? new Response('', { status: 404 }) : answers[path]?.();
  });
  return sent;
}

const open = () => json({ state: 'open' });
const board = () => json({ items: [ENTRY] });

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

const Save = defineComponent(() => () => h(SaveToServer, { played: wonRun }));
const Board = defineComponent(() => () => h(StageLeaderboard, { scenario: stageScenario }));

describe('saving to the server', () => {
  it('sends run and name, and tells the place', async () => {
    const sent = serve({
      '/session': open,
      '/runs': () => json({ id: 'r1' }),
      '/leaderboard': board,
    });
    const { screen } = await renderStage(Save);
    await screen.getByRole('textbox').fill(' Ada ');
    await screen.getByRole('button', { name: 'Save' }).click();
    await expect
      .element(screen.getByRole('status'))
      .toMatchTextContent(/Saved and checked\. Place 3/);
    expect(sent).toEqual([{ run: wonRun, player: 'Ada' }]);
  });

  it('is not lost to a leaderboard that fails', async () => {
    serve({ '/session': open, '/runs': () => json({ id: 'r1' }) });
    const { screen } = await renderStage(Save);
    await screen.getByRole('button', { name: 'Save' }).click();
    await expect.element(screen.getByRole('status')).toHaveTextContent('Saved and checked.');
  });

  it('says why the server refused and can be tried again', async () => {
    const refusal = { code: 'hash-mismatch', detail: 'The run went differently here.' };
    serve({ '/session': open, '/runs': () => json(refusal, 422) });
    const { screen } = await renderStage(Save);
    await screen.getByRole('button', { name: 'Save' }).click();
    await expect.element(screen.getByRole('status')).toMatchTextContent(/went differently here/);
    await expect.element(screen.getByRole('button', { name: 'Save' })).toBeVisible();
  });

  it('is not offered without a server', async () => {
    serve({});
    const { screen } = await renderStage(Save);
    await expect.element(screen.getByRole('button')).not.toBeInTheDocument();
  });
});

describe('the leaderboard', () => {
  it('lists the best runs', async () => {
    serve({ '/session': open, '/leaderboard': board });
    const { screen } = await renderStage(Board);
    await expect
      .element(screen.getByRole('row', { name: /Ada/ }))
      .toMatchTextContent(/3.*Ada.*A.*88.*12,345/);
  });

  it('says so when nobody is on it', async () => {
    serve({ '/session': open, '/leaderboard': () => json({ items: [] }) });
    const { screen } = await renderStage(Board);
    await expect.element(screen.getByText(/Nobody has saved/)).toBeVisible();
  });
});
