import { existsSync } from 'node:fs';
import type { Outlook } from '@project-devops/simulation/protocol';
import type { ImageStore } from '../runtimes/image-store.ts';
import { IMAGES, type ImageName } from '../sandbox/desired.ts';
import { describeImages } from './describe-images.ts';
import { BASE, presentTags } from './ensure-images.ts';
import { k6Images, k6Location } from './k6-program.ts';
import { PLACES, type Places } from './places.ts';
import { BASE_EXPECTED_SECONDS, K6_EXPECTED_SECONDS, RECIPES } from './recipes.ts';
import { readVersions } from './versions.ts';

/**
 * What must be made before a session can start, with the time it is expected to take where nothing can be
 * pulled; empty when all is there. Nothing is made. Throws a `RuntimeError` when the engine cannot be asked.
 */
export async function missingImages(
  store: ImageStore,
  places: Places = PLACES,
): Promise<Outlook['missingImages']> {
  const [descriptions, present] = await Promise.all([
    describeImages(IMAGES, places),
    presentTags(store),
  ]);
  const missing = descriptions.filter(({ tag }) => !present.has(tag)).map(({ image }) => image);
  if (missing.length === 0) return [];
  const { base, k6 } = await readVersions(places);
  const needsBase = (await store.find(base.image)) === null;
  const k6Seconds = missing.includes('k6') ? await secondsForK6(store, places, k6) : 0;
  const secondsOf = (image: ImageName) =>
    RECIPES[image].expectedSeconds + (image === 'k6' ? k6Seconds : 0);
  return [
    ...(needsBase ? [{ image: BASE, expectedSeconds: BASE_EXPECTED_SECONDS }] : []),
    ...missing.map((image) => ({ image, expectedSeconds: secondsOf(image) })),
  ];
}

async function secondsForK6(store: ImageStore, places: Places, version: string): Promise<number> {
  if (existsSync(k6Location(places, version))) return 0;
  const { own, published } = k6Images(version);
  const found = await Promise.all([store.find(own), store.find(published)]);
  return found.some((image) => image !== null) ? 0 : K6_EXPECTED_SECONDS;
}
