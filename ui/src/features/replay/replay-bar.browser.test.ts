import type { SessionInfo } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Session } from '../../session/session.ts';
import { useReplay } from '../../session/use-replay.ts';
import { sampleSnapshot } from '../inspector/sample-run.ts';
import { frameOf, renderStage, wonRun } from '../stage/sample-stage.ts';
import ReplayBar from './ReplayBar.vue';

const watching: Partial<SessionInfo> = { readOnly: 'watching', endMs: 480_000 };
const opened = frameOf({ ...sampleSnapshot, timeMs: 60_000 });

async function openReplay(info = watching, session: Partial<Session> = {}) {
  const stage = await renderStage(ReplayBar, { info, session });
  await stage.open(opened);
  return stage;
}

describe('the replay bar', () => {
  it('says where the replay is', async () => {
    const { screen } = await openReplay();
    const slider = screen.getByRole('slider', { name: 'Position in the run' });
    await expect.element(slider).toHaveAttribute('aria-valuetext', '01:00 of 08:00');
  });

  it('goes on by arrow keys, one second a press', async () => {
    const sought: number[] = [];
    const { screen } = await openReplay(watching, {
      seek: async (timeMs) => void sought.push(timeMs),
    });
    (screen.getByRole('slider').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => sought).toEqual([61_000]);
  });

  it('shows the instant asked for until the run has caught up', async () => {
    const { screen } = await openReplay(watching, { seek: () => new Promise(() => {}) });
    (screen.getByRole('slider').element() as HTMLElement).focus();
    await userEvent.keyboard('{End}');
    await expect.element(screen.getByText('08:00 / 08:00')).toBeVisible();
  });

  it('plays and changes speed', async () => {
    const { screen, asked } = await openReplay();
    await screen.getByRole('button', { name: 'Play', exact: true }).click();
    await screen.getByRole('button', { name: '4×' }).click();
    expect(asked.speeds).toEqual([1, 4]);
  });

  it('leads home from a run that was opened', async () => {
    const { screen, run } = await openReplay();
    await screen.getByRole('button', { name: 'Leave the replay' }).click();
    await expect.poll(() => run.info).toBeNull();
  });

  it('leads back to the debrief it was opened from', async () => {
    const { screen, asked, pinia, showFrame } = await renderStage(ReplayBar, { info: watching });
    await useReplay(pinia).watch(wonRun);
    await showFrame(opened);
    await screen.getByRole('button', { name: 'Back to the debrief' }).click();
    expect(asked.starts).toMatchObject([{ mode: 'watch' }, { mode: 'continue' }]);
  });

  it('says why a run of other rules cannot be played on', async () => {
    const { screen } = await openReplay({ ...watching, readOnly: 'other-ruleset' });
    await expect.element(screen.getByRole('status')).toMatchTextContent(/other rules/);
  });

  it('is not there while a run is played', async () => {
    const { screen } = await openReplay({ readOnly: null });
    await expect.element(screen.getByRole('slider')).not.toBeInTheDocument();
  });
});
