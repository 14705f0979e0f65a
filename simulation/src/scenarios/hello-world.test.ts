import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import type { Command, Result } from '../protocol/index.ts';
import { parse, ScenarioSchema } from '../protocol/index.ts';
import { scenarioProblems } from '../rules/scenario-check.ts';
import { forecast } from '../rules/users.ts';
import { playScript, type Script } from '../testing/scripted-player.ts';
import { helloWorld } from './hello-world.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const RANKS = ['S', 'A', 'B', 'C', 'D', 'F'];

const at = (x: number, y: number) => ({ x, y });
const connect = (from: string, to: string): Command => ({ type: 'connect', from, to });
const clone = (newId: string, y: number): Command => ({
  type: 'clone-node',
  id: 'web-1',
  newId,
  position: at(528, y),
});

const spreading: readonly Command[] = [
  {
    type: 'place-node',
    node: {
      kind: 'load-balancer',
      id: 'lb-1',
      size: 'S',
      policy: 'round-robin',
      position: at(312, 240),
    },
  },
  { type: 'disconnect', from: 'clients', to: 'web-1' },
  connect('clients', 'lb-1'),
  connect('lb-1', 'web-1'),
];
const nothing: Script = [];
const balancerAndVm: Script = [[0, ...spreading, clone('web-2', 384)]];
const balancerAndVms: Script = [
  [0, ...spreading],
  [100, clone('web-2', 384)],
  [280, clone('web-3', 96)],
];
const biggerVm = (size: 'M' | 'L', second: number): Script => [
  [second, { type: 'resize-node', id: 'web-1', size }],
];
const cacheAlone: Script = [
  [
    0,
    {
      type: 'place-node',
      node: { kind: 'cache', id: 'cache-1', size: 'S', eviction: 'lru', position: at(792, 96) },
    },
    connect('web-1', 'cache-1'),
  ],
];
const replicaAlone: Script = [
  [
    0,
    {
      type: 'place-node',
      node: { kind: 'sql-replica', id: 'replica-1', size: 'S', position: at(792, 96) },
    },
    connect('web-1', 'replica-1'),
    connect('primary', 'replica-1'),
  ],
];
const biggerDatabase: Script = [[0, { type: 'resize-node', id: 'primary', size: 'M' }]];
const balancerAlone: Script = [[0, ...spreading]];

const played = new Map<Script, readonly Result[]>();

/** The script's results by seed; each script is played once. */
function play(script: Script): readonly Result[] {
  const results = played.get(script) ?? SEEDS.map((seed) => playScript(helloWorld, seed, script));
  played.set(script, results);
  return results;
}

describe('stage 1', () => {
  it('is a valid scenario', () => {
    expect(parse(ScenarioSchema, helloWorld).ok).toBe(true);
    expect(scenarioProblems(helloWorld, CATALOG)).toEqual([]);
  });

  it('peaks near 60 requests a second', () => {
    const peak = Math.max(...forecast(helloWorld).map((point) => point.ratePerSecond));
    expect(peak).toBeGreaterThan(48);
    expect(peak).toBeLessThan(66);
  });

  it('is lost by doing nothing', () => {
    for (const result of play(nothing)) expect(result.ending).toBe('service-down');
  });

  it.each([
    ['a balancer and a second VM', balancerAndVm],
    ['a balancer and VMs bought when they are needed', balancerAndVms],
  ])('is won with rank A or better by %s', (_, script) => {
    for (const result of play(script)) {
      expect(result.ending).toBe('won');
      expect(['S', 'A']).toContain(result.rank);
    }
  });

  it.each([
    ['from the start', biggerVm('M', 0)],
    ['when it gets hot', biggerVm('M', 100)],
  ])('ranks one bigger VM %s below a balancer and a second VM', (_, script) => {
    const spread = play(balancerAndVm);
    play(script).forEach((single, i) => {
      expect(single.points).toBeLessThan(spread[i]?.points ?? 0);
      expect(RANKS.indexOf(single.rank)).toBeGreaterThan(RANKS.indexOf(spread[i]?.rank ?? 'F'));
    });
  });

  it.each([
    ['a cache', cacheAlone],
    ['a replica', replicaAlone],
    ['a bigger database', biggerDatabase],
    ['a balancer', balancerAlone],
  ])('is not won with rank A by %s alone', (_, script) => {
    for (const result of play(script)) expect(['S', 'A']).not.toContain(result.rank);
  });
});
