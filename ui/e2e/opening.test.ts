import { expect, test } from './game.ts';
import { takePictures } from './screens.ts';
import { openStage } from './stage.ts';

test('opens from its own server alone, under a strict policy', async ({ page, address }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) {
      foreign.push(request.url());
    }
  });
  const answer = await page.goto(address);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain('unsafe');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Project DevOps');
  await expect(page.getByRole('button', { name: 'Play Hello World' })).toBeFocused();
  expect(foreign).toEqual([]);
  await takePictures(page, 'home');
});

test('changes to Korean at once and keeps it', async ({ page, address }) => {
  await page.goto(address);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('dialog').getByText('한국어').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await page.keyboard.press('Escape');
  const title = page.getByRole('heading', { name: '헬로 월드', exact: true });
  await expect(title).toBeVisible();
  await page.reload();
  await expect(title).toBeVisible();
  await takePictures(page, 'home-ko');
});

test('explains a stage before its traffic comes', async ({ page, address }) => {
  const stage = await openStage(page, address);
  await expect(page.getByRole('timer')).toHaveText('00:00 / 08:00');
  await expect(stage.map.getByText('Stay up for eight minutes')).toBeVisible();
  await expect(stage.button('Speed 4×')).toBeVisible();
  await takePictures(page, 'setup');
});
