import {
  parse,
  type Run,
  RunSchema,
  type Scenario,
  ScenarioSchema,
  type TopologyFile,
  TopologyFileSchema,
} from '@project-devops/simulation/protocol';
import type { OpenedFile } from '../session/session.ts';
import { readDocument } from './read-document.ts';
import type { Simulation } from './simulation.ts';

/** The rules a file is checked by. */
type Rules = Pick<Simulation, 'ruleset' | 'scenarioProblems'>;

const FORMATS = {
  run: 'project-devops/run@1',
  scenario: 'project-devops/scenario@1',
  topology: 'project-devops/topology@1',
} as const;

const formatOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;

function openRun(value: unknown, rules: Rules): OpenedFile {
  const parsed = parse<Run>(RunSchema, value);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  const run = parsed.value;
  const problems = rules
    .scenarioProblems(run.scenario)
    .map((problem) => ({ ...problem, path: `/scenario${problem.path}` }));
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'run', run, sameRuleset: run.ruleset === rules.ruleset };
}

function openScenario(value: unknown, rules: Rules): OpenedFile {
  const parsed = parse<Scenario>(ScenarioSchema, value);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problems };
  const problems = rules.scenarioProblems(parsed.value);
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'scenario', scenario: parsed.value };
}

function openTopology(value: unknown): OpenedFile {
  const file = parse<TopologyFile>(TopologyFileSchema, value);
  if (!file.ok) return { kind: 'refused', problems: file.problems };
  const { nodes, links } = file.value;
  return { kind: 'topology', topology: { nodes, links } };
}

/** Understands a run, scenario or topology file by its `format`; never throws for bad content. */
export async function openFile(text: string, rules: Rules): Promise<OpenedFile> {
  const document = await readDocument(text);
  if (!document.ok) return { kind: 'refused', problems: document.problems };
  switch (formatOf(document.value)) {
    case FORMATS.run:
      return openRun(document.value, rules);
    case FORMATS.scenario:
      return openScenario(document.value, rules);
    case FORMATS.topology:
      return openTopology(document.value);
    default: {
      const known = Object.values(FORMATS).join(', ');
      return { kind: 'refused', problems: [{ path: '/format', expected: `one of: ${known}` }] };
    }
  }
}
