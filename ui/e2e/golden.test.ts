import { expect, test } from '@playwright/test';
import { goldenGames, goldenPlayer } from './golden-games.ts';

test.describe('Chromium plays the golden games as Node did', () => {
  let code = '';
  test.beforeAll(async () => {
    code = await goldenPlayer();
  });

  for (const { name, game, trace } of goldenGames()) {
    test(name, async ({ page }) => {
      await page.addScriptTag({ content: code });
      const played = await page.evaluate((game) => Reflect.get(window, 'golden').play(game), game);
      expect(played).toEqual(trace);
    });
  }
});
