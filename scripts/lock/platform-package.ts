import type { LockedPackage, Missing } from './lock-file.ts';

const PLATFORM =
  /-(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)(?:-(\w+))?$/;

/**
 * The lock entry of a package whose name says which platform it is for; null when the name does not. It has
 * no checksum: only a registry that has the package can tell it.
 */
export function platformPackage({ name, version, wantedBy }: Missing): LockedPackage | null {
  const match = PLATFORM.exec(name);
  if (match === null) return null;
  const [, os = '', cpu = '', library = ''] = match;
  return {
    version,
    cpu: [cpu],
    ...(wantedBy.dev === true && { dev: true }),
    ...(os === 'linux' && library !== '' && { libc: [libc(library)] }),
    optional: true,
    os: [os],
  };
}

function libc(library: string): string {
  return library.startsWith('musl') ? 'musl' : 'glibc';
}
