import { expectAccessible } from './accessibility.ts';
import { expect, test } from './game.ts';
import { openStage } from './stage.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`axe finds nothing in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('on the home screen and in its dialogs', async ({ page, address }) => {
      await page.goto(address);
      await expect(page.getByRole('button', { name: 'Play Hello World' })).toBeVisible();
      await expectAccessible(page, 'home screen');
      await page.getByRole('button', { name: 'Open a file' }).click();
      await expectAccessible(page, 'opening a file');
      await page.keyboard.press('Escape');
      for (const item of ['Settings', 'Help and keys']) {
        await page.getByRole('button', { name: 'Menu' }).click();
        await expectAccessible(page, 'menu');
        await page.getByRole('menuitem', { name: item }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page, item);
        await page.keyboard.press('Escape');
      }
    });

    test('in a stage, from its setup to its debrief', async ({ page, address }) => {
      const stage = await openStage(page, address);
      await expectAccessible(page, 'setup');
      await stage.button('Show the tutorial').click();
      await expectAccessible(page, 'tutorial');
      await stage.button('Skip the tutorial').click();
      await stage.node('web-1').click();
      await expectAccessible(page, 'inspector');
      await stage.selectLink('clients', 'web-1');
      await stage.inspector.getByRole('button', { name: 'Disconnect' }).click();
      await stage.startOperation();
      await stage.setSpeed(4);
      await stage.untilPlayed(/00:(0[5-9]|[1-5])/);
      await stage.button('Pause').click();
      await expectAccessible(page, 'operation');
      const views = page.getByRole('group', { name: 'What the map shows' });
      await views.getByRole('button', { name: 'Table' }).click();
      await expectAccessible(page, 'topology as a table');
      await stage.setSpeed(4);
      await expect(stage.debrief).toBeVisible({ timeout: 60_000 });
      await expectAccessible(page, 'debrief');
    });

    test('on a narrow screen', async ({ page, address }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const stage = await openStage(page, address);
      await stage.button('Hide the briefing').click();
      for (const tab of ['Inspector', 'Log', 'Traffic', 'Shop']) {
        await page.getByRole('tab', { name: tab }).click();
        await expectAccessible(page, tab);
      }
    });
  });
}
