import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { openStage } from './stage.ts';
import { serveFolder } from './static-server.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

test('plays from a plain file server, in any folder, without the orchestrator', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await using files = await serveFolder(DIST);
  const stage = await openStage(page, files.address);
  await stage.startOperation();
  await stage.setSpeed(4);
  await stage.untilPlayed(/00:(0[5-9]|[1-5])/);
  await expect(stage.button(/^clients,.* requests a second/)).toBeVisible();
  expect(errors).toEqual([]);
});
