import { expect, test } from './game.ts';
import { takePictures } from './screens.ts';
import { openStage, STAGE_MS } from './stage.ts';

test('loses Stage 1 by doing nothing', async ({ page, address }) => {
  test.setTimeout(STAGE_MS + 30_000);
  const stage = await openStage(page, address);
  await stage.startOperation();
  await stage.setSpeed(4);
  const dropping = stage.button(/^web-1,.*dropping requests/);
  await expect(dropping).toBeVisible({ timeout: STAGE_MS });
  await takePictures(page, 'overload');
  await expect(stage.debrief).toContainText('Service down', { timeout: STAGE_MS });
  await expect(stage.debrief).toContainText('Rank F');
  await takePictures(page, 'defeat');
});
