import { CATALOG, SCENARIOS, scenarioProblems } from '@project-devops/simulation';
import {
  type Parsed,
  type Problem,
  parse,
  type Scenario,
  ScenarioSchema,
  type TopologyFile,
  TopologyFileSchema,
} from '@project-devops/simulation/protocol';

/** What a file describes; a topology stands in the first stage's place, with its classes, mix and data. */
export interface Subject {
  readonly kind: 'scenario' | 'topology';
  readonly scenario: Scenario;
}

const FORMATS = {
  scenario: 'project-devops/scenario@1',
  topology: 'project-devops/topology@1',
} as const;

/** Understands a scenario or topology file's content by its `format`, and refuses one that breaks the rules. */
export function subjectOf(value: unknown): Parsed<Subject> {
  switch (formatOf(value)) {
    case FORMATS.scenario:
      return scenarioSubject(value);
    case FORMATS.topology:
      return topologySubject(value);
    default: {
      const expected = `one of ${Object.values(FORMATS).join(', ')}`;
      return { ok: false, problems: [{ path: '/format', expected }] };
    }
  }
}

/** A problem of the subject's scenario, as one of the file it came from. */
export function inFile(kind: Subject['kind'], problem: Problem): Problem {
  return kind === 'scenario'
    ? problem
    : { ...problem, path: problem.path.replace(/^\/topology(?=\/|$)/, '') };
}

function formatOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'format' in value ? value.format : null;
}

function scenarioSubject(value: unknown): Parsed<Subject> {
  const scenario = parse<Scenario>(ScenarioSchema, value);
  return scenario.ok ? checked({ kind: 'scenario', scenario: scenario.value }) : scenario;
}

function topologySubject(value: unknown): Parsed<Subject> {
  const file = parse<TopologyFile>(TopologyFileSchema, value);
  if (!file.ok) return file;
  const { nodes, links } = file.value;
  const [firstStage] = SCENARIOS;
  if (firstStage === undefined) throw new Error('the game has no stage');
  return checked({ kind: 'topology', scenario: { ...firstStage, topology: { nodes, links } } });
}

function checked(subject: Subject): Parsed<Subject> {
  const problems = scenarioProblems(subject.scenario, CATALOG);
  if (problems.length === 0) return { ok: true, value: subject };
  return { ok: false, problems: problems.map((problem) => inFile(subject.kind, problem)) };
}
