import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { createInMemoryRuntime } from '../runtimes/in-memory.ts';
import { LABELS, OURS } from '../sandbox/desired.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { heartbeatPath } from './heartbeat.ts';
import { sweep } from './sweep.ts';
import { populate, smallContainer } from './testing/populate.ts';

const ALIVE = 4_000;
const DEAD = 4_001;

function world() {
  const folder = temporaryDirectory();
  const clock = createFakeClock();
  const runtime = createInMemoryRuntime({ clock });
  const surroundings = { clock, folder: folder.path, isAlive: (pid: number) => pid === ALIVE };
  return {
    clock,
    runtime,
    folder: folder.path,
    sweep: () => sweep(runtime, surroundings),
    /** A heartbeat of a session that beat so long ago. */
    beat(session: string, pid: number, agoMs: number): string {
      const path = heartbeatPath(folder.path, session);
      const holder = {
        session,
        pid,
        host: hostname(),
        startedAt: 0,
        address: `page of ${pid}`,
        id: '1',
      };
      writeFileSync(path, JSON.stringify(holder));
      const at = (clock.now() - agoMs) / 1_000;
      utimesSync(path, at, at);
      return path;
    },
    containers: async () => (await runtime.listContainers({})).map(({ name }) => name),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const named = (found: readonly { readonly session: string }[]) => found.map((one) => one.session);

describe('the sweep at the start', () => {
  it('removes what nobody will come back to and reports the rest', async () => {
    using here = world();
    await populate(here.runtime, 'stale', here.beat('stale', DEAD, 31_000), 2);
    await populate(here.runtime, 'fresh', here.beat('fresh', DEAD, 5_000), 1);
    await populate(here.runtime, 'played', here.beat('played', ALIVE, 1_000), 1);
    await populate(here.runtime, 'bare', heartbeatPath(here.folder, 'bare'), 1);
    await populate(here.runtime, 'away', '/nowhere/at/all/away.json', 1);
    await here.runtime.runContainer(
      smallContainer('mute', 'away', { ...OURS, [LABELS.session]: 'mute' }),
    );
    const report = await here.sweep();
    expect(named(report.removed).toSorted()).toEqual(['bare', 'stale']);
    expect(named(report.adoptable)).toEqual(['fresh']);
    expect(named(report.foreign).toSorted()).toEqual(['away', 'mute']);
    expect(report.living).toMatchObject([
      { session: 'played', containers: 1, networks: 1, holder: { address: 'page of 4000' } },
    ]);
    expect(report.failed).toEqual([]);
    expect(await here.containers()).toEqual(['fresh-0', 'played-0', 'away-0', 'mute']);
    expect(readdirSync(here.folder)).toEqual(['fresh.json', 'played.json']);
  });

  it('touches nothing that carries no session of ours', async () => {
    using here = world();
    await here.runtime.createNetwork({ name: 'neighbour', labels: {} });
    const labels = { bare: {}, 'by-hand': OURS, odd: { ...OURS, [LABELS.session]: '../../x' } };
    for (const [name, own] of Object.entries(labels)) {
      await here.runtime.runContainer(smallContainer(name, 'neighbour', own));
    }
    expect((await here.sweep()).removed).toEqual([]);
    expect(await here.containers()).toEqual(['bare', 'by-hand', 'odd']);
    expect(await here.runtime.listNetworks({})).toHaveLength(1);
  });

  it('reports a session that has begun but has no containers yet', async () => {
    using here = world();
    here.beat('beginning', ALIVE, 500);
    expect(named((await here.sweep()).living)).toEqual(['beginning']);
  });

  it('looks twice at a silent session whose owner is there', async () => {
    using here = world();
    const sleeper = here.beat('sleeper', ALIVE, 3_600_000);
    await populate(here.runtime, 'sleeper', sleeper, 1);
    await populate(here.runtime, 'frozen', here.beat('frozen', ALIVE, 3_600_000), 1);
    const sweeping = here.sweep();
    await new Promise((resolve) => setTimeout(resolve, 50));
    here.beat('sleeper', ALIVE, 0);
    await here.clock.run(4_500);
    const report = await sweeping;
    expect(named(report.living)).toEqual(['sleeper']);
    expect(named(report.removed)).toEqual(['frozen']);
  });

  it('deletes no file but a heartbeat of the very session', async () => {
    using here = world();
    const precious = join(here.folder, 'precious.txt');
    writeFileSync(precious, 'not a heartbeat');
    utimesSync(precious, 0, 0);
    await populate(here.runtime, 'liar', precious, 1);
    writeFileSync(join(here.folder, 'gone.log'), 'what a janitor wrote');
    writeFileSync(join(here.folder, 'gone.janitor'), '17');
    expect(named((await here.sweep()).removed)).toEqual(['liar']);
    expect(readdirSync(here.folder)).toEqual(['precious.txt']);
  });

  it('says which session could not be removed, and keeps its heartbeat', async () => {
    using here = world();
    await populate(here.runtime, 'stale', here.beat('stale', DEAD, 31_000), 1);
    here.runtime.faults.refuse('removeContainer', new RuntimeError('refused', 'busy'), 1_000);
    const sweeping = here.sweep();
    for (let second = 0; second < 12; second++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await here.clock.run(1_000);
    }
    const report = await sweeping;
    expect(report.failed).toMatchObject([{ session: 'stale', error: { message: 'busy' } }]);
    expect(readdirSync(here.folder)).toEqual(['stale.json']);
  });

  it('rejects when the engine does not answer', async () => {
    using here = world();
    here.runtime.setAway(true);
    await expect(here.sweep()).rejects.toMatchObject({ code: 'unreachable' });
  });
});
