import { describe, expect, it } from 'vitest';
import { IMAGES, OURS } from '../sandbox/desired.ts';
import { describeImages } from './describe-images.ts';
import { missingImages } from './missing-images.ts';
import { PLACES } from './places.ts';
import { K6_EXPECTED_SECONDS, RECIPES } from './recipes.ts';
import { InMemoryImageStore } from './testing/in-memory-image-store.ts';
import { readVersions } from './versions.ts';

const { base, k6 } = await readVersions(PLACES);
const places = { ...PLACES, cache: '/nowhere' };

async function storeWith(names: readonly string[]): Promise<InMemoryImageStore> {
  const store = new InMemoryImageStore();
  for (const { image, tag } of await describeImages())
    if (names.includes(image)) store.add(tag, OURS);
  return store;
}

describe('the images that are missing', () => {
  it('are all of them and the base on a new machine, k6 with the time of its build', async () => {
    const missing = await missingImages(new InMemoryImageStore(), places);
    expect(missing.map(({ image }) => image)).toEqual(['base', ...IMAGES]);
    expect(missing.at(-1)?.expectedSeconds).toBeGreaterThanOrEqual(K6_EXPECTED_SECONDS);
  });

  it('are none when all are there, even without what they were made from', async () => {
    expect(await missingImages(await storeWith(IMAGES), places)).toEqual([]);
  });

  it('take little time when their parts are there', async () => {
    const store = await storeWith(['nginx', 'postgres', 'prometheus', 'service']);
    store.add(base.image);
    store.add(`grafana/k6:${k6}`);
    expect(await missingImages(store, places)).toEqual([
      { image: 'redis', expectedSeconds: RECIPES.redis.expectedSeconds },
      { image: 'k6', expectedSeconds: RECIPES.k6.expectedSeconds },
    ]);
  });
});
