import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ImageStore } from '../runtimes/image-store.ts';
import { OURS } from '../sandbox/desired.ts';
import { type Architecture, GO_ARCHITECTURES } from './architecture.ts';
import { packContext } from './build-context.ts';
import { ProgramError, runProgram } from './host-program.ts';
import { ImageError } from './image-error.ts';
import type { Places } from './places.ts';
import { type PullOptions, pullRefusal } from './pull-image.ts';
import type { Versions } from './versions.ts';

const COMPILE_DEADLINE_MS = 3_600_000;
const BUILD_DEADLINE_MS = 120_000;
const DOCKERFILE = 'FROM scratch\nCOPY k6 /usr/bin/k6\n';

/** Where a k6 that was built on this machine is kept. */
export function k6Location({ cache }: Places, version: string): string {
  return join(cache, 'k6', `v${version}`, 'k6');
}

/** The images that hold k6: the public one, and the one made of a k6 built here. */
export function k6Images(version: string) {
  return { published: `grafana/k6:${version}`, own: `project-devops/k6-program:${version}` };
}

/** Provides an image with k6 at /usr/bin/k6 and answers its tag: pulled, else built by Go. Throws an `ImageError`. */
export async function ensureK6(
  store: ImageStore,
  { k6: version }: Versions,
  places: Places,
  architecture: Architecture,
  options: PullOptions,
): Promise<string> {
  const { published, own } = k6Images(version);
  for (const tag of [own, published]) if ((await store.find(tag)) !== null) return tag;
  const location = k6Location(places, version);
  if (!existsSync(location)) {
    const refusal = await pullRefusal(store, published, options);
    if (refusal === null) return published;
    await compile(version, architecture, location, refusal, options);
  }
  await store.build(
    packContext([
      { path: 'Dockerfile', bytes: Buffer.from(DOCKERFILE) },
      { path: 'k6', identity: version, location },
    ]),
    { tag: own, labels: OURS, buildArguments: {}, deadlineMs: BUILD_DEADLINE_MS },
    options.onLine,
  );
  return own;
}

/**
 * A module of one line and not `go install`: that would also ask for the newest version, at the module's own
 * web site. The finished program is put in place by a rename, so that half of one is never found.
 */
async function compile(
  version: string,
  architecture: Architecture,
  location: string,
  refusal: string,
  { signal, onLine }: PullOptions,
): Promise<void> {
  const major = Number.parseInt(version, 10);
  const module = major < 2 ? 'go.k6.io/k6' : `go.k6.io/k6/v${major}`;
  const parent = dirname(location);
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, '.build-'));
  try {
    await writeFile(join(work, 'go.mod'), `module build\n\nrequire ${module} v${version}\n`);
    await runProgram('go', ['build', '-v', '-trimpath', '-ldflags=-s -w', '-o', 'k6', module], {
      cwd: work,
      signal,
      deadlineMs: COMPILE_DEADLINE_MS,
      onLine: goProgress(onLine),
      environment: {
        CGO_ENABLED: '0',
        GOFLAGS: '-mod=mod',
        GOWORK: 'off',
        GOOS: 'linux',
        GOARCH: GO_ARCHITECTURES[architecture],
      },
    });
    await rename(join(work, 'k6'), location);
  } catch (error) {
    throw error instanceof ProgramError ? failure(version, refusal, error) : error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Go tells each module that it downloads and each package that it compiles; told on with their number. */
function goProgress(onLine: (line: string) => void): (line: string) => void {
  let downloaded = 0;
  let compiled = 0;
  return (line) => {
    const [, module] = /^go: downloading (\S+)/.exec(line) ?? [];
    if (module !== undefined) onLine(`downloading module ${++downloaded}: ${module}`);
    else if (/^[\w.-]+(\/[\w.~-]+)*$/.test(line))
      onLine(`compiling package ${++compiled}: ${line}`);
  };
}

function failure(version: string, refusal: string, error: ProgramError): ImageError {
  const remedy = error.absent
    ? `Install Go ("sudo apt-get install golang-go", or the Go project's own package), or let Docker reach its registry ("docker pull ${k6Images(version).published}" should work).`
    : 'See the last lines; once their cause is mended, try again: what was downloaded is kept.';
  const reason = `${error.message}. It could not be pulled either: ${refusal}`;
  const { lastLines } = error;
  return new ImageError('k6', `building k6 ${version} with Go`, reason, { remedy, lastLines });
}
