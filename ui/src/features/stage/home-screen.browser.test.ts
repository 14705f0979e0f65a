import { beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { writeAutosave } from '../../session/autosave.ts';
import HomeScreen from './HomeScreen.vue';
import { keepBestResult } from './home/best-results.ts';
import { renderStage, wonResult, wonRun } from './sample-stage.ts';

const play = { name: 'Play Hello World' };

beforeEach(() => localStorage.clear());

describe('the home screen', () => {
  it('shows what a stage is about', async () => {
    const { screen } = await renderStage(HomeScreen);
    const stage = screen.getByRole('article', { name: 'Hello World' });
    await expect.element(stage).toMatchTextContent(/Hold on\./);
    await expect.element(stage).toMatchTextContent(/08:00/);
    await expect.element(stage).toMatchTextContent(/\$500/);
    await expect.element(stage).toMatchTextContent(/Not won yet/);
  });

  it('is ready to play by keyboard, with a new seed each time', async () => {
    const { screen, asked } = await renderStage(HomeScreen);
    await expect.element(screen.getByRole('button', play)).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(asked.starts).toMatchObject([{ scenario: { id: 'hello-world' } }]);
  });

  it('plays a chosen seed', async () => {
    const { screen, asked } = await renderStage(HomeScreen);
    await screen.getByText('Advanced').click();
    await screen.getByRole('textbox', { name: 'Seed' }).fill('1234');
    await screen.getByRole('button', play).click();
    expect(asked.starts).toMatchObject([{ seed: 1234 }]);
  });

  it('says what a seed must be and does not start', async () => {
    const { screen, asked } = await renderStage(HomeScreen);
    await screen.getByText('Advanced').click();
    await screen.getByRole('textbox', { name: 'Seed' }).fill('abc');
    await screen.getByRole('button', play).click();
    await expect.element(screen.getByRole('alert')).toMatchTextContent(/"abc" is not a seed/);
    expect(asked.starts).toEqual([]);
  });

  it('shows the best rank so far', async () => {
    keepBestResult(localStorage, 'hello-world', wonResult);
    const { screen } = await renderStage(HomeScreen);
    await expect.element(screen.getByText('Best rank so far: A')).toBeInTheDocument();
  });

  it('goes on with the last game', async () => {
    writeAutosave({ ...wonRun, endMs: 125_000 });
    const { screen, asked } = await renderStage(HomeScreen);
    const last = screen.getByRole('region', { name: 'Last game' });
    await expect.element(last).toMatchTextContent(/Hello World.*02:05 \/ 08:00/);
    const go = last.getByRole('button', { name: /Continue/ });
    await expect.element(go).toHaveFocus();
    await go.click();
    expect(asked.starts).toMatchObject([{ mode: 'continue', run: { endMs: 125_000 } }]);
  });

  it('says why a stage could not be started', async () => {
    const { screen } = await renderStage(HomeScreen, {
      session: { start: () => Promise.reject(new Error('no engine')) },
    });
    await screen.getByRole('button', play).click();
    await expect.element(screen.getByRole('alert')).toMatchTextContent(/no engine/);
  });
});
