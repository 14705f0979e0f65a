import { expect, test } from '@playwright/test';
import { goldenGames, goldenPlayer } from '../golden-games.ts';
import { openFirefox } from './firefox.ts';

test.describe('Firefox plays the golden games as Node did', () => {
  const games = goldenGames();
  let played: readonly unknown[] = [];
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    played = await openFirefox<unknown[]>(
      await goldenPlayer(),
      `${JSON.stringify(games.map(({ game }) => game))}.map((game) => golden.play(game))`,
      220_000,
    );
  });

  for (const [place, { name, trace }] of games.entries()) {
    test(name, () => expect(played[place]).toEqual(trace));
  }
});
