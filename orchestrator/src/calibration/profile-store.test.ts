import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { loadProfile, profileFolder, saveProfile } from './profile-store.ts';
import { CLOUD, MACHINE } from './sample-machine.ts';

function measured(changes: Partial<Profile> = {}): Profile {
  const { hardware, versions } = MACHINE;
  return {
    ...CLOUD,
    name: 'Workbench.local',
    measuredOn: '2026-11-20T10:00:00.000Z',
    measurement: {
      roundsPerMs: 900,
      rowsPerMs: 700,
      intervalsMs: {},
      hardware: { ...hardware },
      versions: { ...versions },
    },
    ...changes,
  };
}

it('gives back what was saved, in a folder that is made for it', async () => {
  using folder = temporaryDirectory();
  const profiles = profileFolder(folder.path);
  const path = await saveProfile(profiles, measured());
  expect(path).toBe(join(profiles, 'workbench-local.json'));
  expect(readdirSync(profiles)).toEqual(['workbench-local.json']);
  expect(await loadProfile(profiles)).toEqual({ profile: measured(), faults: [] });
});

it('has none before any was saved', async () => {
  using folder = temporaryDirectory();
  expect(await loadProfile(join(folder.path, 'nowhere'))).toEqual({ profile: null, faults: [] });
});

it('takes the newest, and replaces that of the same machine', async () => {
  using folder = temporaryDirectory();
  await saveProfile(folder.path, measured({ measuredOn: '2026-11-22T10:00:00.000Z' }));
  await saveProfile(folder.path, measured({ name: 'other', measuredOn: '2026-11-21T10:00:00Z' }));
  expect((await loadProfile(folder.path)).profile?.name).toBe('Workbench.local');
  await saveProfile(folder.path, measured({ measuredOn: '2026-11-01T10:00:00.000Z' }));
  expect((await loadProfile(folder.path)).profile?.name).toBe('other');
  expect(readdirSync(folder.path)).toHaveLength(2);
});

it('refuses bad files with a sentence each, and uses the good one', async () => {
  using folder = temporaryDirectory();
  const write = (name: string, text: string) => writeFileSync(join(folder.path, name), text);
  write('broken.json', '{');
  write('other.json', '{"format":"something"}');
  write('cloud.json', JSON.stringify(CLOUD));
  write('long.json', ' '.repeat(300 * 1024));
  mkdirSync(join(folder.path, 'folder.json'));
  write('notes.txt', 'not asked');
  await saveProfile(folder.path, measured());
  const { profile, faults } = await loadProfile(folder.path);
  expect(profile?.name).toBe('Workbench.local');
  expect(faults).toHaveLength(5);
  for (const fault of faults) expect(fault).toMatch(/^The profile .*\.json is not used: .+\.$/);
});

it('never names a file outside its folder, whatever the machine is called', async () => {
  using folder = temporaryDirectory();
  const path = await saveProfile(folder.path, measured({ name: '../../etc/passwd' }));
  expect(path).toBe(join(folder.path, 'etc-passwd.json'));
  expect(await saveProfile(folder.path, measured({ name: '///' }))).toMatch(/machine\.json$/);
});
