import { throughputPerSecond } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderInRealMode } from '../real/sample-screen.ts';
import TrafficStrip from './TrafficStrip.vue';

async function renderCompared() {
  const sample = await renderInRealMode(TrafficStrip);
  (sample.screen.container as HTMLElement).style.height = '156px';
  sample.server.fake.play(8);
  await expect.element(sample.screen.getByRole('slider')).toBeVisible();
  return sample;
}

describe('the traffic strip in real mode', () => {
  it('shows the measured figures, with the error of the prediction', async () => {
    const { screen, run, real } = await renderCompared();
    const row = run.measured.at(-1);
    if (!row) throw new Error('nothing was measured');
    const figure = Number(throughputPerSecond(row).toFixed(1));
    const text = screen.container;
    await expect
      .element(text)
      .toMatchTextContent(new RegExp(`Throughput\\s*\\+6\\.4 %\\s*${figure}`));
    expect(real.lineOf('throughput')?.error).toBeCloseTo(0.064, 3);
    await expect.element(text).toMatchTextContent(/Cost\s*not modelled/);
  });

  it('says in its tiles for how long nothing has been measured', async () => {
    const { screen, server } = await renderCompared();
    const load = { generation: 2, ratePerSecond: 19, dropped: 0, valid: true };
    server.fake.running({ load, measuredAgeMs: 37_000 });
    await expect.element(screen.container).toMatchTextContent(/Throughput\s*no data \(37/);
    await expect.element(screen.container).toMatchTextContent(/Cost\s*not modelled/);
    server.fake.play(1);
    await expect.element(screen.container).toMatchTextContent(/Throughput\s*\+6\.4 %/);
  });

  it('says both figures of an instant, and when it is not compared', async () => {
    const { screen, server, run } = await renderCompared();
    const chart = screen.getByRole('slider');
    (chart.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}');
    await expect
      .element(chart)
      .toHaveAttribute(
        'aria-valuetext',
        expect.stringMatching(/^00:01: [\d.]+ measured, [\d.]+ pre/),
      );
    server.fake.play(3, false);
    await userEvent.keyboard('{End}{PageDown}{PageUp}{ArrowLeft}{ArrowLeft}');
    expect(run.measured.length).toBe(9);
    await expect
      .element(chart)
      .toHaveAttribute('aria-valuetext', expect.stringMatching(/not compared: k6 was the limit$/));
  });

  it('has the measured figures in its table', async () => {
    const { screen } = await renderCompared();
    await screen.getByRole('button', { name: 'Table' }).click();
    await expect
      .element(screen.getByRole('columnheader', { name: 'Served, measured' }))
      .toBeVisible();
  });

  it('explains band and residual in its legend', async () => {
    const { screen } = await renderCompared();
    const legend = screen.getByRole('group', { name: 'Series' });
    await expect.element(legend).toMatchTextContent(/Predicted ±2√n/);
    await screen.getByRole('button', { name: /^Residual/ }).click();
    await expect
      .poll(() => document.querySelector<HTMLElement>('.chart.residual')?.offsetHeight)
      .toBe(0);
  });
});
