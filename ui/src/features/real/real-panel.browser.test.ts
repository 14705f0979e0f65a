import { describe, expect, it } from 'vitest';
import {
  SAMPLE_OUTLOOK,
  sampleContainer,
  sampleProblem,
  sampleScorecard,
} from '../../session/sample-real-figures.ts';
import RealPanel from './RealPanel.vue';
import { renderBesideServer, renderInRealMode } from './sample-screen.ts';

describe('the panel of real mode', () => {
  it('shows how far each image and container is, and can be told to stop', async () => {
    const { screen, real, server } = await renderBesideServer(RealPanel);
    await real.start({ judge: 'prediction', scale: 1 });
    server.fake.enter({
      phase: 'building-images',
      images: [
        { image: 'x/nginx:1', status: 'ready', doing: '', sinceMs: 0 },
        { image: 'x/k6:2', status: 'working', doing: 'go build', sinceMs: 62_000 },
      ],
    });
    await expect.element(screen.getByText('go build')).toBeVisible();
    await expect.element(screen.getByText('01:02')).toBeVisible();
    await expect.element(screen.getByText('1 / 2')).toBeVisible();
    server.fake.enter({
      phase: 'starting',
      outlook: SAMPLE_OUTLOOK,
      containers: [sampleContainer('web-1', 'sandbox-service', { status: 'creating' })],
    });
    await expect.element(screen.getByText('being made')).toBeVisible();
    await screen.getByRole('button', { name: 'Cancel the start' }).click();
    await expect.poll(() => real.state.phase).toBe('off');
    expect(server.fake.received.at(-1)).toEqual({ type: 'leave' });
  });

  it('shows every number of the containers and the load as the state has it', async () => {
    const { screen, server } = await renderInRealMode(RealPanel);
    server.fake.running({
      containers: [
        sampleContainer('web-1', 'sandbox-service', { cpuMillicores: 250, cpuUsed: 0.4 }),
        sampleContainer('web-2', 'sandbox-service', { cpuMillicores: 500, cpuUsed: 0.9 }),
      ],
      load: { generation: 4, ratePerSecond: 62.6, dropped: 3, valid: true },
    });
    await expect.element(screen.getByText('2 running')).toBeVisible();
    await expect
      .element(screen.getByRole('button', { name: /sandbox-service ×2/ }))
      .toMatchTextContent(/0\.75 CPU · 512 MiB/);
    await expect.element(screen.getByText('k6 generation 4')).toBeVisible();
    await expect.element(screen.getByText('62.6/s · 3 dropped')).toBeVisible();
    await expect.element(screen.getByText('1.3 of 2 cores')).toBeVisible();
  });

  it('says when k6 was the limit, and what is not measured', async () => {
    const { screen, server } = await renderInRealMode(RealPanel);
    server.fake.running({
      load: { generation: 1, ratePerSecond: 60, dropped: 40, valid: false },
      measuredAgeMs: 12_000,
    });
    await expect.element(screen.getByText(/^k6 was the limit/)).toBeVisible();
    await expect.element(screen.getByText('Nothing has been measured for 12 s.')).toBeVisible();
  });

  it('opens a failing container by itself, with its own last lines', async () => {
    const { screen, server } = await renderInRealMode(RealPanel);
    server.fake.running({
      troubles: [sampleProblem({ lastLines: [] })],
      containers: [
        sampleContainer('web-1', 'sandbox-service', {
          status: 'exited',
          exitCode: 137,
          lastLines: ['Error: out of memory'],
        }),
      ],
    });
    await expect.element(screen.getByRole('alert')).toMatchTextContent(/ended by itself/);
    await expect.element(screen.getByText('exited (137)')).toBeVisible();
    await expect.element(screen.getByText('Error: out of memory')).toBeVisible();
  });

  it('reads the logs of a container on demand', async () => {
    const { screen, server, asked } = await renderInRealMode(RealPanel);
    server.fake.running({ containers: [sampleContainer('_k6-1', 'k6')] });
    await screen.getByRole('button', { name: /^k6/ }).click();
    await screen.getByRole('button', { name: 'Logs of k6-1' }).click();
    await expect.element(screen.getByRole('dialog')).toMatchTextContent(/one\s+two/);
    expect(asked.map(({ path }) => path)).toContain('real-session/containers/_k6-1/logs');
  });

  it('tells each state of a scorecard line apart', async () => {
    const { screen, server } = await renderInRealMode(RealPanel);
    server.fake.running({ scorecard: sampleScorecard() });
    const row = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) });
    await expect.element(row('web-1 p95')).toMatchTextContent(/362 ms\s*413 ms\s*−12 %/);
    await expect.element(row('replica lag')).toMatchTextContent(/400 ms\s*no data \(12 s\)\s*–/);
    await screen.getByRole('button', { name: 'Grade B · why?' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Grade B' });
    await expect.element(dialog).toMatchTextContent(/web-1 p95 is 14 % higher than predicted/);
    await expect.element(dialog).toMatchTextContent(/too few \(12\)/);
    await expect.element(dialog).toMatchTextContent(/not modelled/);
    await expect.element(dialog).toMatchTextContent(/game cloud \(not calibrated\)/);
  });

  it('lets the player choose who judges', async () => {
    const { screen, server } = await renderInRealMode(RealPanel);
    await screen.getByRole('radio', { name: 'Reality' }).click();
    expect(server.fake.received.at(-1)).toEqual({ type: 'set-judge', judge: 'reality' });
    await expect.element(screen.getByRole('radio', { name: 'Reality' })).toBeChecked();
  });

  it('says that the connection is lost until it is back', async () => {
    const { screen, server } = await renderInRealMode(RealPanel);
    server.cut();
    await expect.element(screen.getByText(/^Connection lost/)).toBeVisible();
    await expect.poll(() => document.body.textContent).not.toMatch(/Connection lost/);
  });

  it('shows a failure with what mends it, until it is dismissed', async () => {
    const { screen, server, real } = await renderInRealMode(RealPanel);
    server.fake.enter({
      phase: 'failed',
      problem: sampleProblem({ code: 'docker', node: null, message: 'Docker does not answer.' }),
      doctor: {
        ready: false,
        checks: [
          {
            id: 'docker',
            status: 'missing',
            found: 'No socket.',
            remedy: { text: 'Start it:', command: 'systemctl start docker' },
          },
        ],
      },
    });
    await expect.element(screen.getByText('Docker does not answer.')).toBeVisible();
    await expect.element(screen.getByText('systemctl start docker')).toBeVisible();
    await screen.getByRole('button', { name: 'Dismiss' }).last().click();
    await expect.poll(() => real.state.phase).toBe('off');
  });
});
