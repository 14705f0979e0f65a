import { beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import DebriefView from './DebriefView.vue';
import { readBestResults } from './home/best-results.ts';
import { renderStage, stageInfo, wonFrame, wonResult, wonRun } from './sample-stage.ts';

beforeEach(() => localStorage.clear());

async function openDebrief(given: Parameters<typeof renderStage>[1] = {}) {
  const stage = await renderStage(DebriefView, given);
  await expect.poll(() => stage.run.library).not.toBeNull();
  await stage.open(wonFrame());
  return { ...stage, dialog: stage.screen.getByRole('dialog', { name: 'The service held' }) };
}

describe('the debrief', () => {
  it('tells the verdict, the rank and its parts', async () => {
    const { dialog } = await openDebrief();
    await expect.element(dialog.getByText('Rank A')).toBeVisible();
    await expect.element(dialog).toMatchTextContent(/88 of 40 points/);
    await expect
      .element(dialog.getByRole('row', { name: /Uptime/ }))
      .toMatchTextContent(/99\.79 %.*99\.9 %.*12 of 20/);
  });

  it('says why requests failed: when, where, how many', async () => {
    const { dialog } = await openDebrief();
    const episode = dialog.getByRole('listitem').filter({ hasText: 'web-1: queue full' });
    await expect.element(episode).toMatchTextContent(/01:00 to 01:03/);
    await expect.element(episode).toMatchTextContent(/120 requests lost · 00:03 over the limit/);
  });

  it('keeps the best result', async () => {
    const { dialog } = await openDebrief();
    await expect.element(dialog.getByText(/Your best so far/)).toBeVisible();
    expect(readBestResults(localStorage)).toEqual({ 'hello-world': { rank: 'A', points: 88 } });
  });

  it('answers what would have been without an action', async () => {
    const worse = { ...wonResult, ending: 'service-down', rank: 'F', points: 20 } as const;
    const asked: number[] = [];
    const { dialog } = await openDebrief({
      session: {
        without: async (commandIndex) => {
          asked.push(commandIndex);
          return { commandIndex, dropped: 1, result: worse };
        },
      },
    });
    const action = dialog.getByRole('listitem').filter({ hasText: 'clients → lb-1 connected' });
    await action.getByRole('button', { name: /^What if I had not/ }).click();
    expect(asked).toEqual([1]);
    await expect
      .element(action)
      .toMatchTextContent(/It helped\. Without it: Service down, rank F, −68 points, 0 errors\./);
    await expect.element(action).toMatchTextContent(/One later action was impossible/);
  });

  it('says when a run could not be played again', async () => {
    const { dialog } = await openDebrief({
      session: { without: () => Promise.reject(new Error('took too long')) },
    });
    const action = dialog.getByRole('listitem').filter({ hasText: 'web-1 restarted' });
    await action.getByRole('button', { name: /^What if I had not/ }).click();
    await expect.element(action).toMatchTextContent(/took too long/);
  });

  it('reads the timeline by keyboard', async () => {
    const { dialog } = await openDebrief();
    const cursor = dialog.getByRole('slider', { name: 'Instant of the timeline' });
    (cursor.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await expect.element(cursor).toHaveAttribute('aria-valuetext', '00:00: 61 req/s, 0 % errors');
  });

  it('plays the same seed again', async () => {
    const { dialog, asked } = await openDebrief();
    await dialog.getByRole('button', { name: 'Try again, same seed' }).click();
    expect(asked.starts.at(-1)).toMatchObject({ seed: wonRun.seed });
  });

  it('watches the run from the spell that failed', async () => {
    const sought: number[] = [];
    const { dialog, asked } = await openDebrief({
      session: { seek: async (timeMs) => void sought.push(timeMs) },
    });
    await dialog.getByRole('button', { name: 'Watch 01:00 to 01:03' }).click();
    expect(asked.starts.at(-1)).toMatchObject({ mode: 'watch', run: { seed: wonRun.seed } });
    await expect.poll(() => sought).toEqual([60_000]);
  });

  it('makes way for the board and comes back', async () => {
    const { screen, dialog } = await openDebrief();
    await expect.element(dialog).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await screen.getByRole('button', { name: 'Show the debrief' }).click();
    await expect.element(dialog).toBeVisible();
  });

  it('says nothing of a run that is watched', async () => {
    const { screen } = await openDebrief({ info: { ...stageInfo, readOnly: 'watching' } });
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    expect(readBestResults(localStorage)).toEqual({});
  });
});
