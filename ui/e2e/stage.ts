import { expect, type Locator, type Page } from '@playwright/test';

/** With this seed, doing nothing loses Stage 1 and a second server behind a balancer wins it. */
export const SEED = '1';

/** Eight minutes of play at four times the speed take two; on a busy machine, up to twice that. */
export const STAGE_MS = 240_000;

/** Stage 1 on the screen, in English, by what a player finds there. */
export interface StagePage {
  readonly page: Page;
  readonly map: Locator;
  readonly inspector: Locator;
  readonly debrief: Locator;
  node(id: string): Locator;
  button(name: RegExp | string): Locator;
  /** Takes something from the shop and sets it down between two nodes. */
  placeBetween(shopName: string, one: string, other: string): Promise<void>;
  /** Selects the link between two nodes by a click in its middle. */
  selectLink(from: string, to: string): Promise<void>;
  /** Draws a link with the pointer, from the one's port to the other. */
  dragLink(from: string, to: string): Promise<void>;
  startOperation(): Promise<void>;
  /** Waits until the clock shows a time, at most for as long as a stage lasts at four times the speed. */
  untilPlayed(time: RegExp): Promise<void>;
  setSpeed(speed: 1 | 2 | 4): Promise<void>;
}

export function createStagePage(page: Page): StagePage {
  const map = page.getByRole('main');
  const node = (id: string) => map.getByRole('button', { name: new RegExp(`^${id},`) });
  const button = (name: RegExp | string) => page.getByRole('button', { name });

  return {
    page,
    map,
    node,
    button,
    inspector: page.getByRole('region', { name: 'Inspector' }),
    debrief: page.getByRole('dialog'),
    async placeBetween(shopName, one, other) {
      await button(new RegExp(`^${shopName} `)).click();
      const { x, y } = middle(await centre(node(one)), await centre(node(other)));
      await page.mouse.move(x, y - 40, { steps: 4 });
      await page.mouse.click(x, y);
    },
    async selectLink(from, to) {
      const { x, y } = middle(await centre(node(from)), await centre(node(to)));
      await page.mouse.click(x, y);
    },
    async dragLink(from, to) {
      const start = await centre(map.getByRole('button', { name: `Link ${from} to another node` }));
      const end = await centre(node(to));
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(end.x, end.y, { steps: 8 });
      await page.mouse.up();
    },
    startOperation: () => button(/^Start\b/).click(),
    untilPlayed: (time) => expect(page.getByRole('timer')).toHaveText(time, { timeout: STAGE_MS }),
    setSpeed: (speed) => button(`Speed ${speed}×`).click(),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

async function centre(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not on the screen.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Chooses Stage 1 with a seed on the home screen and waits for its setup phase. */
export async function chooseStage(page: Page, seed = SEED): Promise<StagePage> {
  await page.getByRole('button', { name: 'Skip the tutorial' }).click();
  await page.getByText('Advanced').click();
  await page.getByLabel('Seed').fill(seed);
  await page.getByRole('button', { name: 'Play Hello World' }).click();
  const stage = createStagePage(page);
  await expect(stage.node('web-1')).toBeVisible();
  return stage;
}

/** Opens the page and Stage 1 in its setup phase, without the tutorial. */
export async function openStage(page: Page, address: string): Promise<StagePage> {
  await page.goto(address);
  return chooseStage(page);
}
