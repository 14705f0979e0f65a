import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';

/**
 * Builds the map with a made-up stream of snapshots, runs it in Chromium and prints its figures as
 * JSON. `CHROMIUM` names another browser; `--gl` lets WebGL2 be emulated where there is no GPU.
 */
const UI = join(import.meta.dirname, '..');
const ORIGIN = 'http://board.bench';
const RESULT_TIMEOUT_MS = 90_000;

async function buildPage(outDir: string): Promise<void> {
  await build({
    root: UI,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      manifest: false,
      rollupOptions: { input: join(UI, 'bench/board.html') },
    },
  });
}

async function measurePage(folder: string, args: readonly string[]): Promise<unknown> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      ...(args.includes('--gl') ? ['--enable-unsafe-swiftshader'] : ['--disable-gpu']),
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => console.error(error));
    await page.route(`${ORIGIN}/**`, (route) =>
      route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
    );
    await page.goto(`${ORIGIN}/bench/board.html`);
    const figures = await page.waitForFunction(() => Reflect.get(window, 'boardFigures'), null, {
      timeout: RESULT_TIMEOUT_MS,
    });
    const picture = args.find((arg) => arg.endsWith('.png'));
    if (picture) await page.screenshot({ path: picture });
    return await figures.jsonValue();
  } finally {
    await browser.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'board-bench-'));
try {
  await buildPage(folder);
  console.log(JSON.stringify(await measurePage(folder, process.argv.slice(2))));
} finally {
  await rm(folder, { recursive: true, force: true });
}
