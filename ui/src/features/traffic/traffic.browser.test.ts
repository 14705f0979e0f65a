import { errorRatio, throughputPerSecond } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderOverWorker } from '../../session/sample-screen.ts';
import TrafficStrip from './TrafficStrip.vue';

/** The strip over a few seconds of traffic, paused. */
async function renderStrip() {
  const sample = await renderOverWorker(TrafficStrip);
  const element = sample.screen.container as HTMLElement;
  element.style.height = '132px';
  await sample.begin();
  await sample.run.dispatch({ type: 'start-operation' });
  sample.run.setSpeed(4);
  await expect.poll(() => sample.run.history.length, { timeout: 10_000 }).toBeGreaterThan(6);
  sample.run.setSpeed(0);
  await expect.poll(() => sample.run.speed).toBe(0);
  return sample;
}

describe('the traffic strip', () => {
  it('shows the figures of the last second', async () => {
    const { screen, run } = await renderStrip();
    const row = run.snapshot?.endToEnd;
    if (!row) throw new Error('nothing was measured');
    const served = throughputPerSecond(row);
    const text = screen.container;
    await expect.element(text).toMatchTextContent(new RegExp(`Throughput\\s*${served}\\s*req/s`));
    await expect
      .element(text)
      .toMatchTextContent(new RegExp(`p95\\s*${Math.round(row.latency.p95Ms ?? 0)}\\s*ms`));
    const errors = Number(((errorRatio(row) ?? 0) * 100).toFixed(1));
    await expect.element(text).toMatchTextContent(new RegExp(`Errors\\s*${errors}\\s*%`));
    await expect
      .element(text)
      .toMatchTextContent(new RegExp(`Cost\\s*${run.snapshot?.costPerHour}\\s*\\$/h`));
  });

  it('moves its cursor by the arrow keys and says the figures there', async () => {
    const { screen, run } = await renderStrip();
    const chart = screen.getByRole('slider', { name: 'Served requests and errors over time' });
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    const row = run.history[1];
    await expect.element(chart).toHaveAttribute('aria-valuenow', '2');
    await expect
      .element(chart)
      .toHaveAttribute(
        'aria-valuetext',
        `00:02: ${row?.served} served and 0 failed requests a second`,
      );
    await expect
      .element(screen.container)
      .toMatchTextContent(new RegExp(`Throughput\\s*${row?.served}\\s*req/s`));
  });

  it('hides a series by its legend', async () => {
    const { screen } = await renderStrip();
    const served = screen.getByRole('button', { name: 'Served' });
    await expect.element(served).toHaveAttribute('aria-pressed', 'true');
    await served.click();
    await expect.element(served).toHaveAttribute('aria-pressed', 'false');
  });

  it('shows the same figures as a table', async () => {
    const { screen, run } = await renderStrip();
    await screen.getByRole('button', { name: 'Table' }).click();
    const rows = screen.getByRole('row').elements();
    expect(rows.length).toBe(run.history.length + 1);
    expect(rows[1]?.textContent).toContain(`${run.history.at(-1)?.served}`);
  });
});
