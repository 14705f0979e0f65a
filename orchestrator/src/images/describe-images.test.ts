import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LABELS, OURS } from '../sandbox/desired.ts';
import { describeImages, tagsOf } from './describe-images.ts';
import { openCheckout } from './testing/temporary-checkout.ts';

describe('an image', () => {
  it('is named after what it is made of, and labelled', async () => {
    const [redis] = await describeImages(['redis']);
    expect(redis?.tag).toMatch(/^project-devops\/redis:[0-9a-f]{12}$/);
    expect(redis?.labels).toMatchObject({
      ...OURS,
      'org.opencontainers.image.version': '8.0.2',
      'org.opencontainers.image.licenses': 'AGPL-3.0-only',
    });
    const content = redis?.labels[LABELS.content] ?? '';
    expect(redis?.tag.endsWith(content.slice(0, 12))).toBe(true);
  });

  it('has the same name in every checkout of the same files', async () => {
    await using checkout = await openCheckout();
    const names = ['redis', 'postgres'] as const;
    expect(tagsOf(await describeImages(names, checkout))).toEqual(
      tagsOf(await describeImages(names)),
    );
  });

  it('has another name when a file of it changes, and the others keep theirs', async () => {
    await using checkout = await openCheckout();
    const before = tagsOf(await describeImages(['redis', 'postgres'], checkout));
    await appendFile(join(checkout.root, 'sandbox-images/redis/redis.conf'), '# more\n');
    const after = tagsOf(await describeImages(['redis', 'postgres'], checkout));
    expect(after.redis).not.toBe(before.redis);
    expect(after.postgres).toBe(before.postgres);
  });

  it('has another name when a file that all share changes', async () => {
    await using checkout = await openCheckout();
    const before = tagsOf(await describeImages(['redis'], checkout));
    await appendFile(join(checkout.root, 'sandbox-images/shared/health'), '# more\n');
    expect(tagsOf(await describeImages(['redis'], checkout)).redis).not.toBe(before.redis);
  });

  it('holds our programs as one file each, the same at every bundling', async () => {
    const once = await describeImages(['service', 'k6']);
    const again = await describeImages(['service', 'k6']);
    expect(tagsOf(again)).toEqual(tagsOf(once));
    const paths = once.flatMap(({ files }) => files.map(({ path }) => path));
    expect(paths).toEqual(expect.arrayContaining(['service.mjs', 'load.js', 'node', 'configure']));
    expect(paths.some((path) => path.endsWith('.ts'))).toBe(false);
  });
});
