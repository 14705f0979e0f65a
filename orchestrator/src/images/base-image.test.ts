import { readdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { ImportSpec } from '../runtimes/image-store.ts';
import { ensureBase } from './base-image.ts';
import { InMemoryImageStore } from './testing/in-memory-image-store.ts';
import { openCheckout, type TemporaryCheckout } from './testing/temporary-checkout.ts';
import { readVersions } from './versions.ts';

const FAKE_ROOT = `root=$4
mkdir -p $root/etc/apt/sources.list.d $root/etc/apt/apt.conf.d $root/etc/dpkg/dpkg.cfg.d $root/usr/sbin \\
  $root/usr/share/doc/bash $root/var/lib/apt/lists $root/var/cache/apt $root/var/log
echo notes >$root/usr/share/doc/bash/README
echo "I: Extracting base-files"`;

class KeepingStore extends InMemoryImageStore {
  readonly files = new Map<string, string>();

  override async importRoot(root: Readable, spec: ImportSpec) {
    for await (const entry of root.pipe(extract())) {
      this.files.set(entry.header.name, await text(entry));
    }
    return this.add(spec.tag);
  }
}

async function programs(checkout: TemporaryCheckout): Promise<void> {
  await checkout.program(
    'apt-get',
    'printf "http://mirror.example/debian/\\nhttp://mirror.example/debian-security/\\n"',
  );
  await checkout.program('apt-config', `printf 'Acquire::Retries "5";\\nAPT::Other "1";\\n'`);
}

describe('the base image', () => {
  it('is made from the mirror and with the download settings of this machine, and slim', async () => {
    await using checkout = await openCheckout();
    await programs(checkout);
    await checkout.program('debootstrap', FAKE_ROOT);
    const store = new KeepingStore();
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    await ensureBase(store, await readVersions(checkout), checkout, { onLine });
    expect(lines).toContain('I: Extracting base-files');
    expect(store.files.get('./etc/apt/sources.list.d/debian.sources')).toBe(
      `Types: deb
URIs: http://mirror.example/debian/
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security/
Suites: trixie-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`,
    );
    expect(store.files.get('./etc/apt/apt.conf.d/90build-host')).toBe('Acquire::Retries "5";\n');
    expect(store.files.has('./usr/share/doc/bash/README')).toBe(false);
    expect(await readdir(checkout.cache)).toEqual([]);
  });

  it('leaves nothing in the cache when it is interrupted', async () => {
    await using checkout = await openCheckout();
    await programs(checkout);
    const interruption = new AbortController();
    await checkout.program('debootstrap', `${FAKE_ROOT}\nexec sleep 60`);
    const onLine = (line: string) => {
      if (line.startsWith('I:')) interruption.abort(new Error('the player left'));
    };
    const made = ensureBase(new KeepingStore(), await readVersions(checkout), checkout, {
      signal: interruption.signal,
      onLine,
    });
    await expect(made).rejects.toThrow('the player left');
    expect(await readdir(checkout.cache)).toEqual([]);
  });
});
