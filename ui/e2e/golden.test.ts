import { expect, type Page, test } from '@playwright/test';
import { goldenGames, goldenPlayer } from './golden-games.ts';

test.describe('Chromium plays the golden games as Node did', () => {
  // One page for all: to open one takes longer than a game.
  test.describe.configure({ mode: 'default' });
  let page: Page;
  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    await page.addScriptTag({ content: await goldenPlayer() });
  });
  test.afterAll(() => page.close());

  for (const { name, game, trace } of goldenGames()) {
    test(name, async () => {
      const played = await page.evaluate((game) => Reflect.get(window, 'golden').play(game), game);
      expect(played).toEqual(trace);
    });
  }
});
