import { beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import SetupPanel from './SetupPanel.vue';
import { frameOf, renderStage, setupSnapshot } from './sample-stage.ts';

beforeEach(() => localStorage.clear());

async function openSetup() {
  const stage = await renderStage(SetupPanel);
  await stage.open(frameOf(setupSnapshot));
  return stage;
}

describe('the briefing before the traffic', () => {
  it('tells goal, money and forecast, in words too', async () => {
    const { screen } = await openSetup();
    const panel = screen.getByRole('region', { name: /Hello World/ });
    await expect.element(panel).toMatchTextContent(/Hold on\./);
    await expect.element(panel).toMatchTextContent(/\$500/);
    await expect
      .element(screen.getByRole('figure'))
      .toMatchTextContent(/12 req\/s at the start, 60 req\/s at the peak at 05:00/);
  });

  it('reads its capacity hint from forecast, board and catalog', async () => {
    const { screen } = await openSetup();
    await expect.element(screen.getByText(/5 times the traffic/)).toBeVisible();
    await expect.element(screen.getByText(/2 servers with 2.5 cores/)).toBeVisible();
    await expect.element(screen.getByText(/above 20 %/)).toBeVisible();
  });

  it('lets the traffic in by button', async () => {
    const { screen, asked } = await openSetup();
    await screen.getByRole('button', { name: /^Start/ }).click();
    expect(asked.commands).toEqual([{ type: 'start-operation' }]);
    await expect.poll(() => asked.speeds).toEqual([1]);
  });

  it('lets the traffic in by key', async () => {
    const { screen, asked } = await openSetup();
    await expect.element(screen.getByText('Enter')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => asked.commands).toEqual([{ type: 'start-operation' }]);
  });

  it('can be put aside and keeps its start button', async () => {
    const { screen } = await openSetup();
    await screen.getByRole('button', { name: 'Hide the briefing' }).click();
    await expect.element(screen.getByRole('figure')).not.toBeInTheDocument();
    await expect.element(screen.getByRole('button', { name: /^Start/ })).toBeVisible();
  });

  it('is gone once the traffic runs', async () => {
    const { screen, showFrame } = await openSetup();
    await showFrame(frameOf({ ...setupSnapshot, phase: 'operation' }));
    await expect.element(screen.getByRole('region')).not.toBeInTheDocument();
  });
});
