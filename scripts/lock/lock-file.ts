/** The parts of an entry of package-lock.json that matter here. */
export interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

export interface Missing {
  readonly name: string;
  readonly version: string;
  /** The entry of the package that wants it. */
  readonly wantedBy: LockedPackage;
}

/**
 * Optional packages that a locked package names and the lock file leaves out. npm leaves out those that the
 * registry at hand does not have, and then `npm ci` refuses the file everywhere.
 */
export function missingOptionals(packages: LockedPackages): Missing[] {
  return Object.entries(packages).flatMap(([path, wantedBy]) =>
    Object.entries(wantedBy.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, path, name))
      .map(([name, version]) => ({ name, version, wantedBy })),
  );
}

function isLocked(packages: LockedPackages, path: string, name: string): boolean {
  return `node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages;
}
