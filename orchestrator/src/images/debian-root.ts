import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ProgramOptions, runProgram, streamProgram } from './host-program.ts';

type Watching = Pick<ProgramOptions, 'signal' | 'onLine'>;

const DEBOOTSTRAP_DEADLINE_MS = 1_200_000;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** As in Debian's own image: no package cache, translations, manuals or service starts in any layer. */
const APT_SETTINGS = `Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb || true"; };
Acquire::Languages "none";
`;
const LEFT_OUT = ['doc', 'man', 'info', 'locale'].map((name) => `/usr/share/${name}`);
/** Of the host's apt, what decides how it reaches its mirror. */
const HOST_SETTINGS = /^Acquire::(Check-|http::|https::|Retries|ForceIPv)/;

/**
 * Makes a small Debian with debootstrap from the mirror that this machine's apt uses, with its download
 * settings, and hands it to `take` as tar. Needs root. Throws a `ProgramError`, or what `take` threw.
 */
export async function withDebianRoot(
  suite: string,
  cache: string,
  watching: Watching,
  take: (tar: Readable) => Promise<unknown>,
): Promise<void> {
  const { archive, security } = await mirrors(watching);
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'debian-'));
  const root = join(work, 'root');
  try {
    const args = ['--variant=minbase', '--include=ca-certificates', suite, root, archive];
    await streamProgram(
      'debootstrap',
      args,
      { ...watching, deadlineMs: DEBOOTSTRAP_DEADLINE_MS },
      async (output) => {
        for await (const line of createInterface(output)) watching.onLine?.(line);
      },
    );
    await configure(root, sources(suite, archive, security), watching);
    await slim(root);
    const tar = ['-C', root, '--numeric-owner', '--exclude=./dev/*', '--exclude=./proc/*'];
    await streamProgram('tar', [...tar, '--exclude=./sys/*', '-c', '.'], watching, take);
  } finally {
    // An interrupted debootstrap leaves /proc mounted inside: let go of it, and delete on this disk only.
    for (const mount of ['proc', 'sys']) {
      await runProgram('umount', ['--lazy', '--quiet', join(root, mount)]).catch(() => undefined);
    }
    await runProgram('rm', ['-rf', '--one-file-system', work]);
  }
}

async function mirrors(watching: Watching) {
  const format = ['--format', '$(REPO_URI)', 'Created-By: Packages'];
  const printed = await runProgram('apt-get', ['indextargets', ...format], watching);
  const addresses = [...new Set(printed.split('\n'))];
  const archive = addresses.find((address) => /\/debian\/?$/.test(address));
  const security = addresses.find((address) => /\/debian-security\/?$/.test(address));
  if (archive === undefined) throw new Error('apt on this machine knows no mirror of Debian.');
  return { archive, security };
}

function sources(suite: string, archive: string, security: string | undefined): string {
  const source = (address: string, suites: string) =>
    `Types: deb\nURIs: ${address}\nSuites: ${suites}\nComponents: main\nSigned-By: ${KEYRING}\n`;
  const own = source(archive, `${suite} ${suite}-updates`);
  return security === undefined ? own : `${own}\n${source(security, `${suite}-security`)}`;
}

async function configure(root: string, sourceList: string, watching: Watching): Promise<void> {
  const settings = await runProgram('apt-config', ['dump'], watching);
  const fromHost = settings.split('\n').filter((line) => HOST_SETTINGS.test(line));
  const within = (path: string) => join(root, path);
  await rm(within('etc/apt/sources.list'), { force: true });
  await writeFile(within('etc/apt/sources.list.d/debian.sources'), sourceList);
  await writeFile(within('etc/apt/apt.conf.d/90build-host'), `${fromHost.join('\n')}\n`);
  await writeFile(within('etc/apt/apt.conf.d/docker-clean'), APT_SETTINGS);
  const exclusions = LEFT_OUT.map((path) => `path-exclude ${path}/*\n`).join('');
  await writeFile(within('etc/dpkg/dpkg.cfg.d/slim'), exclusions);
  await writeFile(within('usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  await writeFile(within('etc/resolv.conf'), '');
  await rm(within('etc/hostname'), { force: true });
}

async function slim(root: string): Promise<void> {
  const emptied = [...LEFT_OUT, '/var/lib/apt/lists', '/var/cache/apt', '/var/log'];
  for (const path of emptied) {
    await rm(join(root, path), { recursive: true, force: true });
    await mkdir(join(root, path));
  }
}
