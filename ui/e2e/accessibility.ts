import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Fails the test, which goes on, with the rules and elements of every violation that axe finds. Every rule looks
 * at the whole page, but axe tells in full only what violates one, and tells it in the page itself rather than
 * in an empty page opened for that: our pages hold no frames, whose findings that page would bring together.
 */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(' | ')}`,
  );
  expect.soft(found, where).toEqual([]);
}
