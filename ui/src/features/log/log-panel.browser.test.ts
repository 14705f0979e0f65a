import type { Happening, SimulationEvent } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { renderPanel } from '../inspector/sample-panel.ts';
import LogPanel from './LogPanel.vue';

const event = (seq: number, happening: Happening): SimulationEvent => ({
  ...happening,
  atMs: seq * 1000,
  seq,
});
const news: Happening = {
  type: 'message-received',
  department: 'marketing',
  id: 'post',
  text: 'A post went viral.',
};
const hot: Happening = { type: 'node-overloaded', node: 'web-1', limit: 'cpu' };

describe('the log', () => {
  it('shows the newest first, with time and repeats', async () => {
    const events = [event(1, hot), event(2, news), event(65, hot), event(66, hot)];
    const { screen } = await renderPanel(LogPanel, { events });
    const entries = screen.getByRole('listitem');
    await expect.element(entries.nth(0)).toMatchTextContent(/01:06/);
    await expect.element(entries.nth(0)).toMatchTextContent(/Happened 2 times/);
    await expect.element(entries.nth(1)).toMatchTextContent(/A post went viral\./);
  });

  it('keeps to one department', async () => {
    const { screen } = await renderPanel(LogPanel, { events: [event(1, hot), event(2, news)] });
    await screen.getByRole('button', { name: 'Marketing' }).click();
    expect(screen.getByRole('listitem').elements()).toHaveLength(1);
    await screen.getByRole('button', { name: 'PM', exact: true }).click();
    await expect.element(screen.getByText('Nothing here with this filter.')).toBeVisible();
  });

  it('leaves out what is muted', async () => {
    const { screen } = await renderPanel(LogPanel, { events: [event(1, hot)] });
    await screen.getByRole('button', { name: 'Choose what is logged' }).click();
    await screen.getByRole('checkbox', { name: 'Overload' }).click();
    await expect.element(screen.getByText(/^Nothing yet/)).toBeInTheDocument();
  });

  it('leads to the node it speaks of, while there is one', async () => {
    const gone: Happening = { ...hot, node: 'web-9' };
    const { screen, tools } = await renderPanel(LogPanel, {
      events: [event(1, hot), event(2, gone)],
    });
    const links = screen.getByRole('button', { name: /^Show .* on the map$/ });
    expect(links.elements()).toHaveLength(1);
    await links.click();
    expect(tools.selection).toEqual({ kind: 'node', id: 'web-1' });
  });

  it('keeps 200 entries on the page until older ones are asked for', async () => {
    const events = Array.from({ length: 230 }, (_, seq) => event(seq, { ...news, id: `n${seq}` }));
    const { screen } = await renderPanel(LogPanel, { events });
    expect(screen.getByRole('listitem').elements()).toHaveLength(200);
    await screen.getByRole('button', { name: 'Show older (30)' }).click();
    expect(screen.getByRole('listitem').elements()).toHaveLength(230);
  });

  it('tells a screen reader of news politely and in portions', async () => {
    const { screen, goOn } = await renderPanel(LogPanel);
    const live = screen.container.querySelector('[aria-live="polite"]');
    expect(live?.textContent).toBe('');
    await goOn([event(1, hot)]);
    await expect.poll(() => live?.textContent).toBe('web-1 is at its limit: CPU.');
    for (let seq = 2; seq < 20; seq++) await goOn([event(seq, { ...news, id: `n${seq}` })]);
    expect(live?.textContent).toBe('web-1 is at its limit: CPU.');
  });
});
