import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { Run } from '@project-devops/simulation/protocol';
import { test } from './game.ts';
import { createStagePage, openStage } from './stage.ts';

/** Saves the run by its key and returns the file's text. */
async function save(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  return readFile(await (await download).path(), 'utf8');
}

/** Hands a file to the dialog that opens files. */
async function open(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Open a file' }).click();
  const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
}

test('saves a run as a file and goes on from it', async ({ page, address }) => {
  const stage = await openStage(page, address);
  await stage.node('web-1').click();
  await stage.inspector.getByRole('button', { name: /^Scale up to M/ }).click();
  await stage.startOperation();
  await stage.setSpeed(4);
  await stage.untilPlayed(/00:[2-5]/);
  await stage.button('Pause').click();
  const run = JSON.parse(await save(page)) as Run;
  expect(run.commands.map(({ command }) => command.type)).toEqual([
    'resize-node',
    'start-operation',
  ]);

  await page.goto(address);
  await open(page, 'run.json', JSON.stringify(run));
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await createStagePage(page).untilPlayed(/00:[2-5]/);
  await expect(createStagePage(page).node('web-1')).toHaveAccessibleName(/size M/);
  expect(JSON.parse(await save(page))).toMatchObject({
    commands: run.commands,
    seed: run.seed,
  });
});

test('plays a scenario written by hand', async ({ page, address }) => {
  const stage = await openStage(page, address);
  const { scenario } = JSON.parse(await save(page)) as Run;
  await stage.button('Menu').click();
  await page.getByRole('menuitem', { name: 'Leave the stage' }).click();
  const own = { ...scenario, id: 'my-evening', title: { en: 'My evening', ko: '나의 저녁' } };
  await open(page, 'evening.yaml', JSON.stringify(own));
  await page.getByRole('dialog').getByRole('button', { name: 'Play' }).click();
  await expect(page.getByRole('heading', { name: /My evening/ })).toBeVisible();
});

test.describe('refuses with the place and what was expected', () => {
  const hostile = [
    { name: 'broken.json', text: '{"format":', says: /whole file|line/i },
    { name: 'other.json', text: '{"format":"something-else@1"}', says: /format/ },
    { name: 'run.json', text: '{"format":"project-devops/run@1","seed":-1}', says: /seed|ruleset/ },
    { name: 'polluted.json', text: '{"__proto__":{"admin":true}}', says: /__proto__/ },
  ];
  for (const { name, text, says } of hostile) {
    test(name, async ({ page, address }) => {
      await page.goto(address);
      await open(page, name, text);
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(`${name} was not opened`);
      await expect(dialog).toContainText(says);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Play Hello World' })).toBeVisible();
    });
  }
});
