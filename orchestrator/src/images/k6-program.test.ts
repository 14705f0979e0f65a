import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureK6, k6Images, k6Location } from './k6-program.ts';
import { InMemoryImageStore } from './testing/in-memory-image-store.ts';
import { openCheckout } from './testing/temporary-checkout.ts';
import { readVersions } from './versions.ts';

const FAKE_GO = `echo "go: downloading go.k6.io/k6/v2 v2.2.0" >&2
echo "go: downloading github.com/spf13/cobra v1.0.0" >&2
echo "go.k6.io/k6/v2/metrics" >&2
test "$GOOS $GOARCH $CGO_ENABLED" = "linux arm64 0" || exit 1
grep -q "require go.k6.io/k6/v2 v2.2.0" go.mod || exit 1
echo program >k6`;

async function trial() {
  const checkout = await openCheckout();
  const versions = await readVersions(checkout);
  const store = new InMemoryImageStore();
  const lines: string[] = [];
  const ensure = (signal?: AbortSignal) =>
    ensureK6(store, versions, checkout, 'arm64', { signal, onLine: (line) => lines.push(line) });
  const location = k6Location(checkout, versions.k6);
  const images = k6Images(versions.k6);
  const dispose = () => checkout[Symbol.asyncDispose]();
  return { checkout, store, lines, ensure, location, images, [Symbol.asyncDispose]: dispose };
}

describe('k6', () => {
  it('comes from its public image where that can be pulled', async () => {
    await using k6 = await trial();
    k6.store.published = [k6.images.published];
    expect(await k6.ensure()).toBe(k6.images.published);
    expect(k6.store.builds).toEqual([]);
  });

  it('is taken from the cache before any registry is asked', async () => {
    await using k6 = await trial();
    await mkdir(dirname(k6.location), { recursive: true });
    await writeFile(k6.location, 'program');
    expect(await k6.ensure()).toBe(k6.images.own);
    expect(k6.store.pulled).toEqual([]);
    expect(k6.store.builds[0]?.files).toEqual(['Dockerfile', 'k6']);
    expect(await k6.ensure()).toBe(k6.images.own);
    expect(k6.store.builds).toHaveLength(1);
  });

  it('is built by Go for the processor of the containers, with progress, and kept', async () => {
    await using k6 = await trial();
    await k6.checkout.program('go', FAKE_GO);
    expect(await k6.ensure()).toBe(k6.images.own);
    expect(k6.lines).toEqual([
      `pulling ${k6.images.published}`,
      'downloading module 1: go.k6.io/k6/v2',
      'downloading module 2: github.com/spf13/cobra',
      'compiling package 1: go.k6.io/k6/v2/metrics',
    ]);
    expect(await readFile(k6.location, 'utf8')).toBe('program\n');
    expect(await readdir(join(k6.checkout.cache, 'k6/v2.2.0'))).toEqual(['k6']);
  });

  it('says what to install where there is neither a registry nor Go', async () => {
    await using k6 = await trial();
    process.env.PATH = '/nowhere';
    await expect(k6.ensure()).rejects.toMatchObject({
      problem: {
        message: expect.stringMatching(/go is not installed.*could not be pulled.*no registry/),
        remedy: expect.stringContaining('Install Go'),
      },
    });
  });

  it('leaves no half of itself when the build fails or is interrupted', async () => {
    await using k6 = await trial();
    await k6.checkout.program('go', 'echo half >k6; echo "disk quota exceeded" >&2; exit 1');
    await expect(k6.ensure()).rejects.toMatchObject({
      problem: { lastLines: ['disk quota exceeded'] },
    });
    const interruption = new AbortController();
    await k6.checkout.program('go', 'echo half >k6; exec sleep 60');
    const building = k6.ensure(interruption.signal);
    setTimeout(() => interruption.abort(new Error('the player left')), 200);
    await expect(building).rejects.toThrow('the player left');
    expect(await readdir(join(k6.checkout.cache, 'k6/v2.2.0'))).toEqual([]);
    expect(k6.store.builds).toEqual([]);
  });
});
