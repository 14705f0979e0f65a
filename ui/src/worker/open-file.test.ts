import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { SIMULATION } from './game-simulation.ts';
import { openFile } from './open-file.ts';
import { MAX_FILE_CHARACTERS } from './read-document.ts';
import { firstStage } from './sample-worker.ts';

const scenario = firstStage();
const run = {
  format: 'project-devops/run@1',
  ruleset: SIMULATION.ruleset,
  scenario,
  seed: 1,
  commands: [],
  endMs: 0,
  stateHash: '0123456789abcdef',
};
const open = (text: string) => openFile(text, SIMULATION);
const openValue = (value: unknown) => open(JSON.stringify(value));

async function problemsOf(text: string) {
  const opened = await open(text);
  if (opened.kind !== 'refused') throw new Error(`opened as ${opened.kind}`);
  return opened.problems;
}

describe('files that are understood', () => {
  it('reads a run as JSON', async () => {
    expect(await openValue(run)).toMatchObject({ kind: 'run', sameRuleset: true });
  });

  it('tells a run of other rules', async () => {
    const opened = await openValue({ ...run, ruleset: '9-0000000000000000' });
    expect(opened).toMatchObject({ kind: 'run', sameRuleset: false });
  });

  it('reads a scenario as YAML', async () => {
    const opened = await open(stringify(scenario, { aliasDuplicateObjects: false }));
    expect(opened).toEqual({ kind: 'scenario', scenario });
  });

  it('reads a topology', async () => {
    const file = { format: 'project-devops/topology@1', ...scenario.topology };
    expect(await openValue(file)).toEqual({ kind: 'topology', topology: scenario.topology });
  });
});

describe('files that are refused', () => {
  it('names the place and what was expected', async () => {
    const [problem] = await problemsOf(JSON.stringify({ ...run, seed: 'seven' }));
    expect(problem?.path).toBe('/seed');
    expect(problem?.expected).not.toBe('');
  });

  it('refuses what is too large before it is parsed', async () => {
    const [problem] = await problemsOf(`"${'x'.repeat(MAX_FILE_CHARACTERS)}"`);
    expect(problem?.expected).toContain('4 MB');
  });

  it.each([
    ['nothing', ''],
    ['a number', '42'],
    ['a list', '[1, 2]'],
    ['null', 'null'],
    ['an unknown format', '{"format":"project-devops/run@99"}'],
    ['another program’s file', 'version: "3"\nservices: {}\n'],
  ])('refuses %s by its format', async (_, text) => {
    expect((await problemsOf(text))[0]?.path).toBe('/format');
  });

  it('refuses broken YAML with the line', async () => {
    const [problem] = await problemsOf('format: [unclosed\nother: }');
    expect(problem?.expected).toMatch(/line 2/);
  });

  it('refuses aliases that multiply', async () => {
    const lines = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 12; i++) {
      const before = String.fromCharCode(96 + i);
      const name = String.fromCharCode(97 + i);
      lines.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(',')}]`);
    }
    const began = Date.now();
    const [problem] = await problemsOf(lines.join('\n'));
    expect(problem?.expected).toMatch(/alias/i);
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it.each(['__proto__', 'constructor', 'prototype'])(
    'refuses the name %s anywhere',
    async (name) => {
      const text = JSON.stringify(run).replace('"home":', `"${name}":`);
      expect(text).toContain(name);
      const [problem] = await problemsOf(text);
      expect(problem?.path).toContain(name);
      expect(({} as Record<string, unknown>).revenue).toBeUndefined();
    },
  );

  it('refuses nesting without end', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect((await problemsOf(deep)).length).toBe(1);
    expect((await problemsOf(`{"a":${deep}}`)).length).toBe(1);
  });

  it('refuses tags that would build other things', async () => {
    expect((await problemsOf('format: !!js/function "x"')).length).toBeGreaterThan(0);
  });

  it('refuses a scenario that is well-formed but cannot be played', async () => {
    const lost = {
      ...scenario,
      topology: { nodes: scenario.topology.nodes, links: [{ from: 'web-1', to: 'nowhere' }] },
    };
    const opened = await openValue(lost);
    expect(opened.kind).toBe('refused');
    expect(await openValue({ ...run, scenario: lost })).toMatchObject({ kind: 'refused' });
  });
});
