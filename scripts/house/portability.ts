import type { SourceFile, Violation } from './source.ts';

/** Parts of hosts that serve packages, and folders that exist on one machine only. */
const PATTERNS: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  {
    pattern: /https?:\/\/[\w.-]*(registry|npmjs|yarnpkg|artifactory|nexus|verdaccio|jfrog)[\w.-]*/i,
    message: 'names a package registry: that is the choice of the machine that installs',
  },
  {
    pattern: /(?<![\w.~-])\/(root|work|home\/\w+|Users\/\w+)\//,
    message: 'names a folder of one machine: use a path from the project or from the environment',
  },
  {
    pattern: /\b(10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+):\d+/,
    message: 'names a host of one network',
  },
];

/** The lines of a file that hold only where they were written. */
export function boundToOneMachine({ path, text }: SourceFile): Violation[] {
  return text.split('\n').flatMap((line, index) =>
    PATTERNS.filter(({ pattern }) => pattern.test(line)).map(({ message }) => ({
      path,
      line: index + 1,
      message,
    })),
  );
}

/** Packages of the lock file whose address is written down: they would bind it to one registry. */
export function resolvedHosts(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { resolved?: string }> };
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved?.includes('://') === true)
    .map(([path]) => path);
}
