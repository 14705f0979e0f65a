import { describe, expect, it } from 'vitest';
import { createEngine } from './engine.ts';
import type { Command, RecordedCommand, Run } from './protocol/index.ts';
import { replay } from './replay.ts';
import { RULESET } from './ruleset.ts';
import { helloWorld } from './scenarios/hello-world.ts';

const position = { x: 0, y: 0 };
const start: RecordedCommand = { atMs: 0, command: { type: 'start-operation' } };
const bigger: RecordedCommand = {
  atMs: 2_500,
  command: { type: 'resize-node', id: 'web-1', size: 'M' },
};

function runOf(commands: readonly RecordedCommand[], endMs = 10_000): Run {
  return {
    format: 'project-devops/run@1',
    ruleset: RULESET,
    scenario: helloWorld,
    seed: 11,
    commands,
    endMs,
    stateHash: '0'.repeat(16),
  };
}

describe('a replay', () => {
  it('stands where the run stood', () => {
    const played = createEngine({ scenario: helloWorld, seed: 11 });
    played.dispatch(start.command);
    played.advanceTo(bigger.atMs);
    played.dispatch(bigger.command);
    played.advanceTo(10_000);
    const again = replay(runOf([start, bigger]));
    expect(again).toMatchObject({ ok: true, dropped: 0 });
    expect(again.ok && again.engine.stateHash()).toBe(played.stateHash());
    expect(again.ok && again.engine.log).toEqual(played.log);
  });

  it('stops where it is asked to, before later commands', () => {
    const again = replay(runOf([start, bigger]), { untilMs: 1_200 });
    expect(again.ok && [again.engine.timeMs, again.engine.log.length]).toEqual([1_200, 1]);
  });

  it.each<[string, readonly RecordedCommand[], string, RegExp]>([
    ['refused', [start, start], '/commands/1/command', /already-started/],
    [
      'out of order',
      [start, bigger, { ...bigger, atMs: 100 }],
      '/commands/2/atMs',
      /stood at 2500/,
    ],
    ['late while time stands still', [bigger], '/commands/0/atMs', /stood at 0/],
  ])('faults a command that is %s', (_, commands, path, expected) => {
    const again = replay(runOf(commands));
    expect(again).toMatchObject({ ok: false, problem: { path } });
    expect(again.ok ? '' : again.problem.expected).toMatch(expected);
  });

  it('faults a command after the end of the stage', () => {
    const short = { ...runOf([start, { ...bigger, atMs: 20_000 }], 20_000) };
    const again = replay({ ...short, scenario: { ...helloWorld, durationSeconds: 12 } });
    expect(again).toMatchObject({ ok: false, problem: { path: '/commands/1/atMs' } });
  });

  it('faults a scenario that cannot be played, with its place in the run', () => {
    const scenario = { ...helloWorld, topology: { nodes: [], links: [] } };
    expect(replay({ ...runOf([]), scenario })).toMatchObject({
      ok: false,
      problem: { path: '/scenario/topology/nodes' },
    });
  });
});

describe('a replay without a command', () => {
  const vm = { kind: 'vm-basic', id: 'web-2', size: 'S', position } as const;
  const commands: readonly Command[] = [
    { type: 'place-node', node: vm },
    { type: 'connect', from: 'web-2', to: 'primary' },
    { type: 'start-operation' },
  ];
  const run = runOf([...commands.map((command) => ({ atMs: 0, command })), bigger]);

  it('leaves out what depended on it, and counts that', () => {
    const again = replay(run, { without: 0 });
    expect(again).toMatchObject({ ok: true, dropped: 1 });
    expect(again.ok && again.engine.log.map(({ command }) => command.type)).toEqual([
      'start-operation',
      'resize-node',
    ]);
    expect(again.ok && again.engine.timeMs).toBe(10_000);
  });

  it('leaves out nothing else when nothing depended on it', () => {
    expect(replay(run, { without: 3 })).toMatchObject({ ok: true, dropped: 0 });
  });
});
