import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build, type Rolldown } from 'vite';

const FOLDER = new URL('../../simulation/golden/', import.meta.url);
const PLAYER = fileURLToPath(new URL('play.ts', FOLDER));
const games = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** The simulation as one script that leaves `golden.play` behind. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: PLAYER, name: 'golden', formats: ['iife'] },
    },
  });
  const [output] = built as Rolldown.RolldownOutput[];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error('Vite built nothing.');
  return chunk.code;
}

test.describe('Chromium plays the golden games as Node did', () => {
  let code = '';
  test.beforeAll(async () => {
    code = await bundle();
  });

  for (const name of games) {
    test(name, async ({ page }) => {
      const { game, trace } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
      await page.addScriptTag({ content: code });
      const played = await page.evaluate((game) => Reflect.get(window, 'golden').play(game), game);
      expect(played).toEqual(trace);
    });
  }
});
