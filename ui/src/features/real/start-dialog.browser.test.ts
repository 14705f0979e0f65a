import { describe, expect, it } from 'vitest';
import { SAMPLE_OUTLOOK } from '../../session/sample-real-figures.ts';
import RealSwitch from './RealSwitch.vue';
import StartDialog from './StartDialog.vue';
import { renderBesideServer, SAMPLE_DOCTOR } from './sample-screen.ts';

describe('the dialog before real mode', () => {
  it('says what will be started, from the answer for this topology', async () => {
    const { screen, asked, run } = await renderBesideServer(StartDialog, {
      outlook: {
        ...SAMPLE_OUTLOOK,
        overcommitted: true,
        missingImages: [{ image: 'project-devops/k6:2', expectedSeconds: 420 }],
      },
    });
    // The dialog was opened before the run began: choosing a scale asks for the topology that is there now.
    await screen.getByRole('radio', { name: '1/2' }).click();
    await screen.getByRole('radio', { name: '1/1' }).click();
    const dialog = screen.getByRole('dialog');
    await expect.element(dialog).toMatchTextContent(/Containers\s*7/);
    await expect.element(dialog).toMatchTextContent(/1\.75 of 2 cores/);
    await expect.element(dialog).toMatchTextContent(/1,180 MiB/);
    await expect.element(dialog).toMatchTextContent(/project-devops\/k6:2\s*about 7 min/);
    await expect.element(dialog).toMatchTextContent(/More CPU than the machine has/);
    const question = asked.findLast(({ path }) => path === 'real-outlooks')?.body;
    expect(question).toMatchObject({ topology: run.snapshot?.topology, scale: 1 });
  });

  it('starts with the chosen scale and judge', async () => {
    const { screen, server } = await renderBesideServer(StartDialog, {
      outlook: { ...SAMPLE_OUTLOOK, scale: 4 },
    });
    await screen.getByRole('radio', { name: '1/4' }).click();
    await screen.getByRole('radio', { name: 'Reality' }).click();
    await screen.getByRole('button', { name: 'Start containers' }).click();
    await expect
      .poll(() => server.fake.received[0])
      .toMatchObject({ type: 'open', scale: 4, judge: 'reality' });
  });

  it('starts nothing while something is missing, and says what mends it', async () => {
    const { screen, server } = await renderBesideServer(StartDialog, {
      doctor: {
        ready: false,
        checks: [
          ...SAMPLE_DOCTOR.checks,
          {
            id: 'memory',
            status: 'missing',
            found: '200 MiB are free.',
            remedy: { text: 'Close something.', command: null },
          },
        ],
      },
    });
    const start = screen.getByRole('button', { name: 'Start containers' });
    await expect.element(screen.getByText(/200 MiB are free/)).toBeVisible();
    await expect.element(start).toHaveAccessibleDescription(/Something is missing/);
    await start.click({ force: true });
    expect(server.fake.received).toEqual([]);
  });

  it('tells a page without a session how to get one', async () => {
    const { screen } = await renderBesideServer(StartDialog, { session: 'none' });
    await expect.element(screen.getByText(/Open the address with the token/).first()).toBeVisible();
  });
});

describe('the switch', () => {
  it('says its state in words and by being pressed', async () => {
    const { screen, real, server } = await renderBesideServer(RealSwitch);
    const on = screen.getByRole('button', { name: /^\+ Real/ });
    await expect.element(on).toHaveAttribute('aria-pressed', 'false');
    await real.start({ judge: 'prediction', scale: 1 });
    await expect.element(on).toHaveAttribute('aria-pressed', 'true');
    await expect.element(on).toMatchTextContent(/looking at the machine/);
    server.fake.run();
    await expect.element(on).toMatchTextContent(/Real mode is running/);
    await screen.getByRole('button', { name: 'Simulated' }).click();
    await expect.element(on).toHaveAttribute('aria-pressed', 'false');
  });
});
