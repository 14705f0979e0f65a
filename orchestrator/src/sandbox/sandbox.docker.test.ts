import { setTimeout as wait } from 'node:timers/promises';
import type { Size, Topology } from '@project-devops/simulation/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeSession } from '../janitor/remove-session.ts';
import { IMAGES, LABELS, OURS } from './desired.ts';
import { type EngineSession, engineSession } from './testing/engine-session.ts';
import { sampleLinks, sampleNode, sampleTopology } from './testing/sample-plan.ts';
import { sendRequest } from './testing/send-request.ts';
import { type Outcomes, steadyLoad } from './testing/steady-load.ts';

/** Stands between this machine and the session's network; each request is a connection of its own. */
const GATE = `init_by_lua_block {
  require('requests').start { connections = 0, bounds = {}, headers = {}, metrics = {} }
}
server {
  listen 8080;
  location = /healthz { return 200; }
  location / { proxy_pass http://balancer:8080; }
}`;

let session: EngineSession;
let gate: Awaited<ReturnType<EngineSession['startNginx']>>;

function withReplica({ nodes, links }: Topology): Topology {
  return {
    nodes: [...nodes, sampleNode('copy', 'sql-replica')],
    links: [...links, ...sampleLinks('db>copy', 'web-1>copy')],
  };
}
function resized(topology: Topology, size: Size): Topology {
  const nodes = topology.nodes.map((node) => ('size' in node ? { ...node, size } : node));
  return { ...topology, nodes };
}

/** What becomes of the requests while the topology is changed. */
async function change(topology: Topology): Promise<Outcomes> {
  const load = steadyLoad([`${gate.at(8080)}/r/home`, `${gate.at(8080)}/r/read`], 15);
  await wait(300);
  await session.bring({ topology });
  await wait(700);
  return await load.stop();
}

const find = async (node: string) => {
  const states = await session.runtime.listContainers({
    ...OURS,
    [LABELS.session]: session.owner.session,
  });
  return states.find(({ labels }) => labels[LABELS.node] === node);
};

describe('a session on the engine', () => {
  beforeAll(async () => {
    session = await engineSession(IMAGES.filter((name) => name !== 'k6'));
    await session.bring({ topology: sampleTopology(1) });
    gate = await session.startNginx('gate', GATE);
  }, 300_000);
  afterAll(() => session[Symbol.asyncDispose]());

  it('serves requests that read', async () => {
    expect(await sendRequest(`${gate.at(8080)}/r/read`)).toMatchObject({ status: 200 });
  });

  it('scales out without a failed request', async () => {
    const outcomes = await change(sampleTopology(2));
    expect(Object.keys(outcomes)).toEqual(['200']);
    const metrics = await find('web-2');
    expect(metrics).toMatchObject({ health: 'healthy', cpuMillicores: 250 });
  });

  it('scales up while it serves', async () => {
    const outcomes = await change(resized(sampleTopology(2), 'M'));
    expect(Object.keys(outcomes)).toEqual(['200']);
    expect(await find('web-1')).toMatchObject({ cpuMillicores: 500, memoryMiB: 256 });
  });

  it('scales down while it serves', async () => {
    const outcomes = await change(sampleTopology(2));
    expect(Object.keys(outcomes)).toEqual(['200']);
    expect(await find('web-1')).toMatchObject({ cpuMillicores: 250, memoryMiB: 128 });
  });

  it('takes a replica in and lets it go without a failed request', async () => {
    for (const topology of [withReplica(sampleTopology(2)), sampleTopology(2)]) {
      const outcomes = await change(topology);
      expect(Object.keys(outcomes)).toEqual(['200']);
    }
    expect(await find('copy')).toBeUndefined();
  });

  it('scales in without a failed request', async () => {
    const outcomes = await change(sampleTopology(1));
    expect(Object.keys(outcomes)).toEqual(['200']);
    expect(await find('web-2')).toBeUndefined();
  });

  it('replaces a server that died', async () => {
    const before = await find('web-1');
    await session.runtime.exec(before?.id ?? '', ['sh', '-c', 'kill -9 -1'], { timeoutMs: 5_000 });
    await expect.poll(async () => (await find('web-1'))?.phase).toBe('exited');
    await session.bring({ topology: sampleTopology(1) });
    expect((await find('web-1'))?.id).not.toBe(before?.id);
    expect(await sendRequest(`${gate.at(8080)}/r/read`)).toMatchObject({ status: 200 });
  });

  it('makes a database that died and its copies anew', async () => {
    await session.bring({ topology: withReplica(sampleTopology(1)) });
    const before = await find('db');
    await session.runtime.exec(before?.id ?? '', ['sh', '-c', 'kill -9 -1'], { timeoutMs: 5_000 });
    await expect.poll(async () => (await find('db'))?.phase).toBe('exited');
    await session.bring({ topology: withReplica(sampleTopology(1)) });
    expect(await sendRequest(`${gate.at(8080)}/r/read`)).toMatchObject({ status: 200 });
  });

  it('adopts what runs: it configures all of it anew and makes nothing', async () => {
    const before = await find('web-1');
    session.applied.forgetAll();
    const outcomes = await change(withReplica(sampleTopology(1)));
    expect(Object.keys(outcomes)).toEqual(['200']);
    expect((await find('web-1'))?.id).toBe(before?.id);
  });

  it('leaves nothing', async () => {
    await removeSession(session.runtime, session.owner.session);
    expect(await find('web-1')).toBeUndefined();
  });
});
