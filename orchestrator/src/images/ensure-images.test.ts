import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageProgress } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import type { ImageName } from '../sandbox/desired.ts';
import { ensureImages } from './ensure-images.ts';
import { InMemoryImageStore } from './testing/in-memory-image-store.ts';
import { openCheckout } from './testing/temporary-checkout.ts';

const BASE_TAG = 'debian:trixie-slim';
const names: readonly ImageName[] = ['nginx', 'redis', 'postgres'];
const nothing = () => {};

function storeWithBase(): InMemoryImageStore {
  const store = new InMemoryImageStore();
  store.add(BASE_TAG);
  return store;
}

describe('making images', () => {
  it('makes each that is missing, with its folder and what all share', async () => {
    await using checkout = await openCheckout();
    const store = storeWithBase();
    const tags = await ensureImages(store, nothing, { places: checkout, names });
    expect(store.builds.map(({ tag }) => tag)).toEqual([tags.nginx, tags.redis, tags.postgres]);
    expect(store.builds[1]?.files).toEqual(
      expect.arrayContaining(['Dockerfile', 'entry-point', 'configure', 'shared/health']),
    );
  });

  it('makes nothing twice, and only the image whose files changed', async () => {
    await using checkout = await openCheckout();
    const store = storeWithBase();
    const first = await ensureImages(store, nothing, { places: checkout, names });
    expect(await ensureImages(store, nothing, { places: checkout, names })).toEqual(first);
    expect(store.builds).toHaveLength(3);
    await appendFile(join(checkout.root, 'sandbox-images/redis/redis.conf'), '# more\n');
    const second = await ensureImages(store, nothing, { places: checkout, names });
    expect(store.builds.slice(3).map(({ tag }) => tag)).toEqual([second.redis]);
  });

  it('tells one image after the other how far it is', async () => {
    await using checkout = await openCheckout();
    const told: string[] = [];
    const listen = (progress: readonly ImageProgress[]) =>
      told.push(progress.map(({ status }) => status[0]).join(''));
    await ensureImages(storeWithBase(), listen, { places: checkout, names: ['nginx', 'redis'] });
    expect(told).toEqual(['www', 'www', 'rww', 'rww', 'rrw', 'rrw', 'rrr']);
  });

  it('makes each once when two ask at the same time', async () => {
    await using checkout = await openCheckout();
    const store = storeWithBase();
    const ask = () => ensureImages(store, nothing, { places: checkout, names });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one).toEqual(other);
    expect(store.builds).toHaveLength(3);
  });

  it('pulls the base when it is not there', async () => {
    await using checkout = await openCheckout();
    const store = new InMemoryImageStore();
    store.published = [BASE_TAG];
    await ensureImages(store, nothing, { places: checkout, names });
    expect(store.pulled).toEqual([BASE_TAG]);
  });
});

describe('making images that fail', () => {
  it('names the image and the step with its last lines, and goes on from there the next time', async () => {
    await using checkout = await openCheckout();
    const store = storeWithBase();
    store.script = ({ tag }) =>
      tag.includes('redis')
        ? {
            lines: ['Step 2/9 : RUN apt-get update', 'Err:1 no such mirror'],
            failure: new RuntimeError('refused', 'returned a non-zero code: 100\nmore', tag),
          }
        : {};
    const attempt = ensureImages(store, nothing, { places: checkout, names });
    await expect(attempt).rejects.toMatchObject({
      name: 'ImageError',
      problem: {
        message:
          'The image redis could not be made: step 2 of 9 (RUN apt-get update): returned a non-zero code: 100',
        lastLines: ['Err:1 no such mirror'],
      },
    });
    expect([...store.images.keys()].filter((tag) => tag.includes('redis'))).toEqual([]);
    store.script = () => ({});
    const tags = await ensureImages(store, nothing, { places: checkout, names });
    expect(store.builds.slice(2).map(({ tag }) => tag)).toEqual([tags.redis, tags.postgres]);
  });

  it('ends after an interruption without beginning another image, and lets others go on', async () => {
    await using checkout = await openCheckout();
    const store = storeWithBase();
    const interruption = new AbortController();
    store.script = () => {
      interruption.abort(new Error('the player left'));
      return {};
    };
    const options = { places: checkout, names };
    const attempt = ensureImages(store, nothing, { ...options, signal: interruption.signal });
    await expect(attempt).rejects.toThrow('the player left');
    expect(store.builds).toHaveLength(1);
    store.script = () => ({});
    await ensureImages(store, nothing, options);
    expect(store.builds).toHaveLength(3);
  });

  it('says how to come by the base where it can neither be pulled nor made', async () => {
    await using checkout = await openCheckout();
    await checkout.program('apt-get', 'echo http://mirror.example/debian/');
    await checkout.program('debootstrap', 'echo "E: need root" >&2; exit 1');
    const attempt = ensureImages(new InMemoryImageStore(), nothing, { places: checkout, names });
    await expect(attempt).rejects.toMatchObject({
      problem: {
        message: expect.stringContaining('could not be pulled either: no registry'),
        lastLines: ['E: need root'],
        remedy: expect.stringContaining('debootstrap'),
      },
    });
  });
});
