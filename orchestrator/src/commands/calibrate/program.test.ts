import { type Profile, ProfileSchema, parse } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { TRUTH } from '../../calibration/sample-machine.ts';
import { type SampleTrouble, sampleGround } from '../real/sample-ground.ts';
import { calibrateMachine } from './program.ts';

async function run(args: readonly string[], trouble: SampleTrouble = {}) {
  const ground = sampleGround(trouble);
  const saved: Profile[] = [];
  let out = '';
  let err = '';
  const code = await calibrateMachine(args, {
    print: (text) => {
      out += text;
    },
    terminal: {
      isTerminal: true,
      write: (text) => {
        err += text;
      },
    },
    ground,
    signal: new AbortController().signal,
    hostName: 'workbench',
    measureRoundsPerMs: () => 850,
    save: async (profile) => {
      saved.push(profile);
      return 'profiles/workbench.json';
    },
  });
  return { code, out, err, saved, ground };
}

it('measures, saves and tells what every piece of work takes on this machine', async () => {
  const { code, out, err, saved, ground } = await run([]);
  const [profile] = saved;
  expect([code, ground.open()]).toEqual([0, 0]);
  expect(parse(ProfileSchema, profile)).toMatchObject({ ok: true });
  expect(profile).toMatchObject({
    name: 'workbench',
    measurement: { roundsPerMs: 850, versions: { service: 's:1' } },
  });
  expect(profile?.demands['app-static'].meanMs).toBeCloseTo(
    TRUTH.demands['app-static'].meanMs,
    0.7,
  );
  expect(out).toMatch(/^app-static +2\.\d{3} +0\.\d{3} +0\.\d\d +2$/m);
  expect(out).toContain('Saved as profiles/workbench.json.');
  expect(err).toMatch(/\d+ % · application and database: home at/);
});

it('prints the profile as JSON, under a name of its own', async () => {
  const { out, saved } = await run(['--json', '--name', 'lab']);
  expect(JSON.parse(out)).toEqual(saved[0]);
  expect(saved[0]?.name).toBe('lab');
});

it('saves nothing when a container does not start, or the load dies', async () => {
  const unhealthy = await run([], { start: 'It never became healthy.' });
  expect(unhealthy).toMatchObject({ code: 1, out: '', saved: [] });
  expect(unhealthy.err).toContain('primary: It never became healthy.\nLook at its lines.\npanic\n');
  const dead = await run([], { loadEndsAt: 3 });
  expect(dead).toMatchObject({ code: 1, saved: [] });
  expect([dead.err.includes('k6 ended with code 137.'), dead.ground.open()]).toEqual([true, 0]);
});

it('explains itself and refuses what it does not know', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage') });
  expect(await run(['--fast'])).toMatchObject({ code: 2, out: '' });
  expect(await run(['--name', ''])).toMatchObject({ code: 2 });
});
