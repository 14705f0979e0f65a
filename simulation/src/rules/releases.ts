import {
  type Command,
  type Happening,
  NODE_SCHEMAS,
  type NodeKind,
  type Problem,
  type Refusal,
  type Scenario,
  type Topology,
} from '../protocol/index.ts';

type Deploy = Extract<Command, { type: 'deploy' }>;

/** Nodes without which a canary has nothing to be compared with. */
const MIN_CANARY_NODES = 2;

/** What the schema cannot say about a scenario's releases: names that are taken, or that nobody offers. */
export function releaseProblems({ releases = [], topology }: Scenario): Problem[] {
  const twice = releases.flatMap(({ version }, i) =>
    releases.findIndex((other) => other.version === version) < i
      ? [{ path: `/releases/${i}/version`, expected: `a version told once (${version} is there)` }]
      : [],
  );
  const unknown = topology.nodes.flatMap((node, i) => {
    if (!('version' in node) || node.version === undefined) return [];
    if (releases.some(({ version }) => version === node.version)) return [];
    const expected = `a version among the releases (there is no ${node.version})`;
    return [{ path: `/topology/nodes/${i}/version`, expected }];
  });
  return [...twice, ...unknown];
}

/** What Development offers in the second after `fromSeconds`. */
export function releaseNews({ releases = [] }: Scenario, fromSeconds: number): Happening[] {
  return releases
    .filter(({ atSeconds }) => atSeconds >= fromSeconds && atSeconds < fromSeconds + 1)
    .map(({ version }) => ({ type: 'release-offered', version }));
}

/** Why a release cannot be deployed at a time; null when it can. */
export function deployRefusal(
  { version, nodes, strategy }: Deploy,
  scenario: Scenario,
  topology: Topology,
  seconds: number,
): Refusal | null {
  if (!isOffered(version, scenario, seconds)) return { code: 'unknown-release', subject: version };
  const found = nodes.map((id) => topology.nodes.find((node) => node.id === id));
  const missing = nodes.find((_, i) => found[i] === undefined);
  if (missing !== undefined) return { code: 'unknown-node', subject: missing };
  const unfit = found.find((node) => node !== undefined && !runsVersions(node.kind));
  if (unfit !== undefined) return { code: 'not-deployable', subject: unfit.id };
  if (found.every((node) => node !== undefined && 'version' in node && node.version === version)) {
    return { code: 'unchanged', subject: version };
  }
  return strategy === 'canary' && nodes.length < MIN_CANARY_NODES
    ? { code: 'too-few-nodes', subject: version, details: { min: MIN_CANARY_NODES } }
    : null;
}

/** Why a node cannot be placed with the version it names; null when it can, or names none. */
export function versionRefusal(
  command: Command,
  scenario: Scenario,
  seconds: number,
): Refusal | null {
  if (command.type !== 'place-node' || !('version' in command.node)) return null;
  const { version } = command.node;
  return version === undefined || isOffered(version, scenario, seconds)
    ? null
    : { code: 'unknown-release', subject: version };
}

function isOffered(version: string, { releases = [] }: Scenario, seconds: number): boolean {
  return releases.some((other) => other.version === version && other.atSeconds <= seconds);
}

function runsVersions(kind: NodeKind): boolean {
  return 'version' in NODE_SCHEMAS[kind].properties;
}
