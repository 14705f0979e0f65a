import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './game.ts';
import { createStagePage } from './stage.ts';

const MAX_STEPS = 80;

/** Presses a key until the element has the focus. */
async function goTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let steps = 0; steps < MAX_STEPS; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} is not reached by pressing ${key} ${MAX_STEPS} times.`);
}

test('builds, starts, loses and leaves with the keyboard alone', async ({ page, address }) => {
  await page.goto(address);
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const stage = createStagePage(page);
  await expect(stage.button('Play Hello World')).toBeFocused();
  await press('Enter');
  await goTo(page, stage.button('Skip the tutorial'));
  await press('Enter');

  await press('1');
  await expect(stage.button(/^Place Load balancer S for \$40/)).toBeFocused();
  await press('ArrowDown', 'ArrowDown', 'Enter');
  await expect(stage.node('lb-1')).toBeVisible();

  await goTo(page, stage.node('clients'), 'ArrowLeft');
  await goTo(page, stage.button(/^Link from clients to web-1/));
  await press('Delete');
  await expect(stage.button(/^Link from clients to web-1/)).toHaveCount(0);
  await goTo(page, stage.node('clients'), 'Shift+Tab');
  await press('Enter', 'c');
  await expect(stage.map.getByText('Choose what clients shall call').first()).toBeVisible();
  await goTo(page, stage.node('lb-1'), 'ArrowDown');
  await press('Enter');
  const log = page.getByRole('region', { name: 'Log' });
  await expect(log).toContainText('clients now calls lb-1');

  await press('Control+z');
  await expect(log).toContainText('clients no longer calls lb-1');
  await goTo(page, stage.button(/^Start\b/));
  const speeds = [
    ['Enter', 'Speed 1×'],
    ['.', 'Speed 2×'],
    ['Space', 'Pause'],
    ['Space', 'Speed 2×'],
    ['.', 'Speed 4×'],
  ] as const;
  for (const [key, speed] of speeds) {
    await press(key);
    await expect(stage.button(speed)).toHaveAttribute('aria-pressed', 'true');
  }
  await expect(stage.debrief).toContainText('Service down', { timeout: 60_000 });
  await goTo(page, stage.debrief.getByRole('button', { name: 'Home' }));
  await press('Enter');
  await expect(stage.button('Play Hello World')).toBeVisible();
});
