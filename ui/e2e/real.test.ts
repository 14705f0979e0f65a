import { expect, test } from '@playwright/test';
import {
  SAMPLE_OUTLOOK,
  sampleContainer,
  sampleProblem,
} from '../src/session/sample-real-figures.ts';
import { expectAccessible } from './accessibility.ts';
import { routeRealMode } from './fake-real.ts';
import { takePictures } from './screens.ts';
import { openStage } from './stage.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`real mode in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('is started, compared, edited and left', async ({ page }) => {
      await using real = await routeRealMode(page);
      const { fake } = real;
      const stage = await openStage(page, real.address);
      await stage.startOperation();
      await stage.setSpeed(4);
      await stage.untilPlayed(/00:(1|2)\d/);

      await stage.button('+ Real').click();
      const dialog = page.getByRole('dialog', { name: 'Run this topology for real' });
      await expect(dialog.getByText('about 7 min')).toBeVisible();
      await expectAccessible(page, 'start dialog');
      await takePictures(page, `real-start-${colorScheme}`);
      await dialog.getByRole('button', { name: 'Start containers' }).click();

      const panel = page.getByRole('region', { name: 'Real mode' });
      await expect(panel.getByText('Looking at what this machine has…')).toBeVisible();
      await expect.poll(() => fake.received.map(({ type }) => type)).toContain('open');
      fake.enter({
        phase: 'building-images',
        images: [
          { image: 'project-devops/nginx:1', status: 'ready', doing: '', sinceMs: 0 },
          { image: 'project-devops/k6:2', status: 'working', doing: 'go build', sinceMs: 62_000 },
          { image: 'project-devops/redis:8', status: 'waiting', doing: '', sinceMs: 0 },
        ],
      });
      await expect(panel.getByText('go build')).toBeVisible();
      await takePictures(page, `real-images-${colorScheme}`);
      fake.enter({
        phase: 'starting',
        outlook: SAMPLE_OUTLOOK,
        containers: [
          sampleContainer('web-1', 'sandbox-service', { status: 'starting', cpuUsed: null }),
          sampleContainer('primary', 'postgres'),
        ],
      });
      await expect(stage.node('web-1')).toHaveAccessibleName(/container starting/);
      await expectAccessible(page, 'starting');
      await takePictures(page, `real-starting-${colorScheme}`);

      fake.run();
      fake.play(40);
      fake.play(3, false);
      fake.play(6);
      await expect(panel.getByRole('button', { name: 'Grade B · why?' })).toBeVisible();
      await expect(page.getByText('no data (12 s)')).toBeVisible();
      await expect(stage.button('Speed 4×')).toHaveAttribute('aria-disabled', 'true');
      await page.waitForTimeout(300);
      await expectAccessible(page, 'running');
      await takePictures(page, `real-running-${colorScheme}`);

      await stage.node('web-1').click();
      await expect(stage.inspector.getByRole('columnheader', { name: 'measured' })).toBeVisible();
      await expectAccessible(page, 'inspector');
      await takePictures(page, `real-inspector-${colorScheme}`);

      await page.getByRole('tab', { name: 'Real' }).click();
      fake.running({
        troubles: [sampleProblem()],
        containers: [
          sampleContainer('web-1', 'sandbox-service', {
            status: 'exited',
            exitCode: 137,
            lastLines: ['Error: out of memory'],
          }),
          sampleContainer('primary', 'postgres'),
        ],
        load: { generation: 3, ratePerSecond: 61, dropped: 40, valid: false },
        measuredAgeMs: 12_000,
      });
      await expect(panel.getByText('Error: out of memory').first()).toBeVisible();
      await expect(stage.button(/^\+ Real trouble/)).toBeVisible();
      await expectAccessible(page, 'trouble');
      await takePictures(page, `real-trouble-${colorScheme}`);

      const receivedBefore = fake.received.length;
      await real.cut();
      await expect(panel.getByText(/^Connection lost/)).toBeVisible();
      await expect(panel.getByText(/^Connection lost/)).toBeHidden({ timeout: 10_000 });
      expect(fake.received.slice(receivedBefore).map(({ type }) => type)).toContain('resume');

      await stage.button('Simulated').click();
      await expect(stage.button('Simulated')).toHaveAttribute('aria-pressed', 'true');
      await stage.setSpeed(2);
      await expect(stage.button('Speed 2×')).toHaveAttribute('aria-pressed', 'true');
    });
  });
}
