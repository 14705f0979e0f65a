import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import { Serving } from '../execution/serving.ts';
import { KINDS } from '../game-kinds.ts';
import { exp } from '../kernel/det-math.ts';
import type { NodeOf, RequestClass, Topology } from '../protocol/index.ts';
import { OPERATIONS } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { runningGame, windowOf } from '../testing/game.ts';
import { CLIENTS, PRIMARY, WEB } from '../testing/situation.ts';
import { CATALOG } from './catalog.ts';

const position = { x: 0, y: 0 };
const times = { revenue: 0, onTimeMs: 1_000, timeoutMs: 10_000 };
const CLASSES: Readonly<Record<string, RequestClass>> = {
  chat: { operations: ['message', 'write'], ...times },
  ping: { operations: ['message'], ...times },
  home: { operations: ['static'], ...times },
};

function townOf(options: Partial<NodeOf<'socket-gateway'>> = {}): Topology {
  const gateway = { kind: 'socket-gateway', id: 'gate', size: 'M', position, ...options } as const;
  return {
    nodes: [CLIENTS, gateway, WEB, PRIMARY],
    links: [
      { from: 'clients', to: 'gate' },
      { from: 'gate', to: 'web-1' },
      { from: 'web-1', to: 'primary' },
    ],
  };
}

function start(topology: Topology) {
  const simulator = runningGame(topology, { classes: CLASSES });
  const after = (seconds: number, perSecond: number, shares: Record<string, number>) => {
    simulator.setLoad(perSecond, shares);
    simulator.runUntil(simulator.nowMs + seconds * 1000);
    const row = windowOf(simulator, topology);
    return { row, links: simulator.closeLinkWindows(topology) };
  };
  return { simulator, after };
}

function missing(topology: Topology, className: string) {
  const serving = new Serving(topology, {
    kinds: KINDS,
    profile: DEFAULT_PROFILE,
    data: helloWorld.data,
  });
  return serving.missingLink(CLIENTS, className, CLASSES[className] as RequestClass);
}

describe('a socket gateway', () => {
  it('serves messages itself and leaves the rest of a request to the applications', () => {
    const { row, links } = start(townOf()).after(20, 20, { chat: 1 });
    const { offered } = row('*');
    expect(row('*').errors).toEqual({});
    expect(row('gate').offered).toBe(offered);
    expect(row('web-1').offered).toBeGreaterThan(offered * 0.98);
    expect(row('primary').offered).toBeGreaterThan(offered * 0.98);
    const shown = links.map(({ calls }) => Object.keys(calls));
    expect(shown).toEqual([['message'], ['write'], ['write']]);
  });

  it('asks the applications nothing for a message alone', () => {
    const { row } = start(townOf()).after(20, 20, { ping: 1 });
    expect(row('*').served).toBeGreaterThan(350);
    expect(row('web-1').offered).toBe(0);
  });

  it('spends its own work on each message', () => {
    const { row } = start(townOf()).after(20, 200, { ping: 1 });
    const ms = DEFAULT_PROFILE.demands['socket-message'].meanMs;
    expect(row('gate').utilisation).toBeCloseTo((200 * ms) / 500, 1);
  });

  it('keeps a user’s connection open for as long as the user is not idle for too long', () => {
    const { after } = start(townOf({ users: 400, idleSeconds: 10 }));
    after(30, 50, { ping: 1 });
    // 50 messages a second of 400 users: who has sent one in the last 10 seconds is there.
    const there = 400 * (1 - exp((-50 * 10) / 400));
    const { used, limit } = after(0.1, 50, { ping: 1 }).row('gate').connections ?? {};
    expect(Math.abs((used ?? 0) - there)).toBeLessThan(4 * Math.sqrt(there * (1 - there / 400)));
    expect(limit).toBe(4_096);
    after(11, 0, { ping: 1 });
    expect(after(0.1, 0, { ping: 1 }).row('gate').connections?.used).toBe(0);
  });

  it('refuses connections that its memory does not hold, and no user who is connected', () => {
    const options = { size: 'S', users: 20_000, idleSeconds: 3_600 } as const;
    const { row } = start(townOf(options)).after(60, 200, { ping: 1 });
    expect(row('gate').connections).toEqual({ used: 2_048, limit: 2_048 });
    const { 'connection-refused': refused = 0, ...others } = row('gate').errors;
    expect(others).toEqual({});
    expect(refused).toBeGreaterThan(60 * 200 - 2_048 - 60 * 200 * 0.12);
    expect(row('gate').served).toBeGreaterThan(2_048);
  });

  it('keeps no more connections than fit when it becomes smaller, at once', () => {
    const many = { users: 20_000, idleSeconds: 3_600 } as const;
    const { simulator, after } = start(townOf({ ...many, size: 'M' }));
    expect(after(60, 200, { ping: 1 }).row('gate').connections?.used).toBe(4_096);
    simulator.setTopology(townOf({ ...many, size: 'S' }), true);
    after(1, 200, { ping: 1 });
    const { connections, errors } = after(1, 200, { ping: 1 }).row('gate');
    expect(connections).toEqual({ used: 2_048, limit: 2_048 });
    expect(errors['connection-refused']).toBeGreaterThan(0);
  });

  it('loses every connection with a restart', () => {
    const { simulator, after } = start(townOf({ users: 400, idleSeconds: 600 }));
    after(10, 50, { ping: 1 });
    simulator.restart('gate');
    after(5, 0, { ping: 1 });
    expect(after(1, 0, { ping: 1 }).row('gate').connections?.used).toBe(0);
  });

  it('holds more connections in a larger size, by its memory alone', () => {
    expect(CATALOG['socket-gateway'].sizes.map(({ connections }) => connections)).toEqual([
      2_048, 4_096, 8_192, 16_384,
    ]);
  });
});

describe('messages', () => {
  it('have no way without a socket gateway, and requests without one none through it', () => {
    const plain: Topology = {
      nodes: [CLIENTS, WEB, PRIMARY],
      links: [
        { from: 'clients', to: 'web-1' },
        { from: 'web-1', to: 'primary' },
      ],
    };
    expect(missing(plain, 'ping')).toEqual({ from: 'web-1', to: [] });
    expect(missing(townOf(), 'home')).toEqual({ from: 'gate', to: [] });
    const { row } = start(plain).after(5, 20, { chat: 1 });
    expect(row('*').errors).toEqual({ 'no-route': row('*').offered });
  });

  it('need an application behind the gateway for what else they ask, and nothing for themselves', () => {
    const alone: Topology = {
      nodes: [CLIENTS, ...townOf().nodes.slice(1, 2)],
      links: [{ from: 'clients', to: 'gate' }],
    };
    expect(missing(townOf(), 'chat')).toBeNull();
    expect(missing(alone, 'chat')).toMatchObject({ from: 'gate' });
    expect(missing(alone, 'ping')).toBeNull();
  });

  it('are an operation of their own', () => {
    expect(OPERATIONS).toEqual(['static', 'read', 'write', 'compute', 'message']);
  });
});
