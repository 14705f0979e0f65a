import { expect, test } from './game.ts';
import { takePictures } from './screens.ts';
import { chooseStage, STAGE_MS } from './stage.ts';

test('wins Stage 1 with a second server behind a balancer', async ({ page, server }) => {
  test.setTimeout(STAGE_MS + 60_000);
  await page.goto(server.sessionAddress());
  const stage = await chooseStage(page);

  await stage.selectLink('clients', 'web-1');
  await stage.inspector.getByRole('button', { name: 'Disconnect' }).click();
  await stage.placeBetween('Balancer', 'clients', 'web-1');
  await expect(stage.node('lb-1')).toBeVisible();
  await stage.dragLink('clients', 'lb-1');
  await stage.dragLink('lb-1', 'web-1');
  await stage.node('web-1').click();
  await stage.inspector.getByRole('button', { name: /^Clone/ }).click();
  await expect(stage.node('web-2')).toBeVisible();

  await stage.startOperation();
  await stage.setSpeed(4);
  await stage.untilPlayed(/0(5:[3-5]|6:)/);
  await takePictures(page, 'operation');
  await expect(stage.debrief).toContainText('The service held', { timeout: STAGE_MS });
  await expect(stage.debrief).toContainText(/Rank [SA]/);
  await takePictures(page, 'victory');

  await stage.debrief.getByLabel('Your name on the leaderboard').fill('Ada');
  await stage.debrief.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(stage.debrief).toContainText('Place 1 on the leaderboard');
  await stage.debrief.getByRole('button', { name: 'Home' }).click();
  await expect(page.getByRole('row', { name: /Ada/ })).toBeVisible();
});
