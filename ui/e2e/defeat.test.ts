import { expect, test } from './game.ts';
import { takePictures } from './screens.ts';
import { openStage } from './stage.ts';

/** Five minutes and some of play, at four times the speed. */
const UNTIL_DEFEAT_MS = 120_000;

test('loses Stage 1 by doing nothing', async ({ page, address }) => {
  test.setTimeout(UNTIL_DEFEAT_MS + 30_000);
  const stage = await openStage(page, address);
  await stage.startOperation();
  await stage.setSpeed(4);
  const dropping = stage.button(/^web-1,.*dropping requests/);
  await expect(dropping).toBeVisible({ timeout: UNTIL_DEFEAT_MS });
  await takePictures(page, 'overload');
  await expect(stage.debrief).toContainText('Service down', { timeout: UNTIL_DEFEAT_MS });
  await expect(stage.debrief).toContainText('Rank F');
  await takePictures(page, 'defeat');
});
