import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMAGES } from '../sandbox/desired.ts';
import { PLACES } from './places.ts';
import { readVersions } from './versions.ts';

const source = (path: string) => join(PLACES.root, 'sandbox-images', path);
const { base, node } = await readVersions(PLACES);

describe.each(IMAGES)('the image %s', (image) => {
  it('begins with the one base, is not root and says whether it is healthy', async () => {
    const text = await readFile(source(`${image}/Dockerfile`), 'utf8');
    expect(text).toContain(`FROM ${base.image}\n`);
    expect(text).toMatch(/^USER (?!root)/m);
    expect(text).toMatch(/^HEALTHCHECK --interval=200ms .* CMD \["health"\]$/m);
    expect(text).toMatch(/^ENTRYPOINT \["entry-point"\]$/m);
  });

  it('has programs that can be run as they lie in the checkout', async () => {
    for (const program of ['entry-point', 'ready']) {
      expect((await stat(source(`${image}/${program}`))).mode & 0o111).toBe(0o111);
    }
  });
});

describe('the versions', () => {
  it('name the Node that the project itself runs on', async () => {
    const root = JSON.parse(await readFile(join(PLACES.root, 'package.json'), 'utf8'));
    expect(root.devDependencies.node).toBe(node);
  });
});
