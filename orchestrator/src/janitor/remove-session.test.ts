import { describe, expect, it } from 'vitest';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { createInMemoryRuntime } from '../runtimes/in-memory.ts';
import { LABELS, OURS, sessionLabels } from '../sandbox/desired.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { removeSession } from './remove-session.ts';
import { populate, smallContainer } from './testing/populate.ts';

async function twoSessions() {
  const clock = createFakeClock();
  const runtime = createInMemoryRuntime({ clock });
  await populate(runtime, 's1', '/s1.json', 3);
  await populate(runtime, 's2', '/s2.json', 1);
  return { clock, runtime };
}

const all = async (runtime: ReturnType<typeof createInMemoryRuntime>) =>
  [...(await runtime.listContainers({})), ...(await runtime.listNetworks({}))].map(
    ({ name }) => name,
  );

describe('removing a session', () => {
  it('removes its containers and networks and tells how many, once', async () => {
    const { runtime } = await twoSessions();
    expect(await removeSession(runtime, 's1')).toMatchObject({ containers: 3, networks: 1 });
    expect(await all(runtime)).toEqual(['s2-0', 's2']);
    expect(await removeSession(runtime, 's1')).toMatchObject({ containers: 0, networks: 0 });
  });

  it('touches nothing without all of its labels', async () => {
    const { runtime } = await twoSessions();
    const neighbours = {
      bare: {},
      'only-ours': OURS,
      'only-session': { [LABELS.session]: 's1' },
      'other-version': { ...sessionLabels('s1'), [LABELS.ours]: '2' },
    };
    await runtime.createNetwork({ name: 'bare-network', labels: {} });
    for (const [name, labels] of Object.entries(neighbours)) {
      await runtime.runContainer(smallContainer(name, 'bare-network', labels));
    }
    await removeSession(runtime, 's1');
    expect(await all(runtime)).toEqual(['s2-0', ...Object.keys(neighbours), 's2', 'bare-network']);
  });

  it('does not trust a listing that holds what was not asked for', async () => {
    const { runtime } = await twoSessions();
    const everything = runtime.listContainers.bind(runtime, {});
    runtime.listContainers = everything;
    await removeSession(runtime, 's1');
    expect(await all(runtime)).toEqual(['s2-0', 's2']);
  });

  it('goes on through failures until all is gone, what was made meanwhile included', async () => {
    const { clock, runtime } = await twoSessions();
    runtime.faults.refuse('removeContainer', new RuntimeError('refused', 'device busy'), 2);
    runtime.faults.loseAnswer('removeNetwork');
    const removal = removeSession(runtime, 's1', { clock });
    const late = smallContainer('late', 's1', sessionLabels('s1'));
    await runtime.runContainer(late);
    await clock.run(2_000);
    expect(await removal).toMatchObject({ containers: 4 });
    expect(await all(runtime)).toEqual(['s2-0', 's2']);
  });

  it('waits for an engine that comes back', async () => {
    const { clock, runtime } = await twoSessions();
    runtime.setAway(true);
    const removal = removeSession(runtime, 's1', { clock });
    await clock.run(5_000);
    runtime.setAway(false);
    await clock.run(1_000);
    expect(await removal).toMatchObject({ containers: 3, networks: 1 });
  });

  it('gives up at its deadline and says why', async () => {
    const { clock, runtime } = await twoSessions();
    runtime.faults.refuse('removeNetwork', new RuntimeError('conflict', 'endpoints'), 1_000);
    const removal = removeSession(runtime, 's1', { clock, deadlineMs: 3_000 });
    const outcome = expect(removal).rejects.toMatchObject({ code: 'conflict' });
    await clock.run(4_000);
    await outcome;
  });
});
