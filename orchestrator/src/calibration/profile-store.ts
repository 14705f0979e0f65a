import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Profile, ProfileSchema, parse } from '@project-devops/simulation/protocol';

/** A profile is a few kilobytes; a longer file is none. */
const MAX_BYTES = 256 * 1024;
const MAX_FILES = 200;

/** The newest valid profile of a folder; null when there is none. `faults`: one sentence a file that was refused. */
export interface ProfileReading {
  readonly profile: Profile | null;
  readonly faults: readonly string[];
}

/** The folder of profiles in the orchestrator's data folder. */
export function profileFolder(dataFolder: string): string {
  return join(dataFolder, 'profiles');
}

/** Reads all profiles of a folder; never rejects for what is in them. A folder that is not there has none. */
export async function loadProfile(folder: string): Promise<ProfileReading> {
  const paths = await profilePaths(folder);
  const readings = await Promise.all(paths.map(readProfile));
  const profiles = readings.flatMap((reading) => (typeof reading === 'string' ? [] : [reading]));
  const [newest = null] = profiles.sort((a, b) => timeOf(b) - timeOf(a));
  return {
    profile: newest,
    faults: readings.flatMap((reading) => (typeof reading === 'string' ? [reading] : [])),
  };
}

/** Writes a profile under its name, whole or not at all; the answer is the file's path. */
export async function saveProfile(folder: string, profile: Profile): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${fileName(profile.name)}.json`);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await using file = await open(temporary, 'w', 0o600);
    await file.writeFile(`${JSON.stringify(profile, null, 2)}\n`);
    await file.sync();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return path;
}

function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'machine'
  );
}

async function profilePaths(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.json'))
      .slice(0, MAX_FILES)
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readProfile(path: string): Promise<Profile | string> {
  try {
    if ((await stat(path)).size > MAX_BYTES) return refused(path, 'it is too long');
    const parsed = parse<Profile>(ProfileSchema, JSON.parse(await readFile(path, 'utf8')));
    if (!parsed.ok) {
      const [fault] = parsed.problems;
      return refused(path, `${fault?.path || 'the whole'} should be ${fault?.expected}`);
    }
    if (parsed.value.measurement === undefined) return refused(path, 'it was not measured');
    return parsed.value;
  } catch (error) {
    return refused(path, (error as Error).message.split('\n')[0]?.slice(0, 200) ?? 'unreadable');
  }
}

function refused(path: string, reason: string): string {
  return `The profile ${path} is not used: ${reason}.`;
}

/** A profile without a readable date is older than any other. */
function timeOf({ measuredOn = '' }: Profile): number {
  return Date.parse(measuredOn) || 0;
}
