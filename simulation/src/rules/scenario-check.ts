import type { Link, NodeKind, Problem, Refusal, Scenario } from '../protocol/index.ts';
import { faultProblems } from './faults.ts';
import { optionsFit } from './link-options.ts';
import { releaseProblems } from './releases.ts';
import { type Catalog, linkRefusal, sizeOf } from './topology-edits.ts';
import { offeredLoad } from './traffic.ts';

/** Most requests a second, and in all, that a scenario may offer: bounds the work of playing it again. */
const MAX_RATE_PER_SECOND = 10_000;
const MAX_REQUESTS = 10_000_000;

/** What the schema cannot say about a scenario: references that lead nowhere, links that are not allowed. Empty when it can be played. */
export function scenarioProblems(scenario: Scenario, catalog: Catalog): Problem[] {
  return [
    ...nodeProblems(scenario, catalog),
    ...linkProblems(scenario, catalog),
    ...mixProblems(scenario),
    ...curveProblems(scenario),
    ...loadProblems(scenario),
    ...faultProblems(scenario),
    ...releaseProblems(scenario),
  ];
}

function nodeProblems({ topology }: Scenario, catalog: Catalog): Problem[] {
  const problems: Problem[] = [];
  const clients = topology.nodes.filter((node) => node.kind === 'clients').length;
  if (clients !== 1) {
    problems.push({ path: '/topology/nodes', expected: 'exactly one node of kind clients' });
  }
  topology.nodes.forEach((node, i) => {
    const path = `/topology/nodes/${i}`;
    if (topology.nodes.findIndex((other) => other.id === node.id) < i) {
      problems.push({ path: `${path}/id`, expected: `an id that no other node has: ${node.id}` });
    }
    const size = sizeOf(node);
    if (size !== null && !catalog[node.kind].sizes.some((entry) => entry.size === size)) {
      problems.push({ path: `${path}/size`, expected: `a size that ${node.kind} comes in` });
    }
  });
  return problems;
}

function linkProblems({ topology }: Scenario, catalog: Catalog): Problem[] {
  return topology.links.flatMap((link, i) => {
    const before = { nodes: topology.nodes, links: topology.links.slice(0, i) };
    const path = `/topology/links/${i}`;
    const refusal = linkRefusal(before, link, catalog);
    if (refusal !== null) return [{ path, expected: allowedLink(link, refusal, catalog) }];
    if (optionsFit(topology, link)) return [];
    const expected = `no weight: ${link.from} is not a load balancer`;
    return [{ path: `${path}/weight`, expected }];
  });
}

/** What may stand in a refused link's place, and why it may not. */
function allowedLink({ from, to }: Link, refusal: Refusal, catalog: Catalog): string {
  switch (refusal.code) {
    case 'unknown-node':
      return `a link between nodes of the file: it has no node ${refusal.subject}`;
    case 'same-node':
      return `a link between two nodes: this leads from ${from} to itself`;
    case 'duplicate-link':
      return `one link from ${from} to ${to}: there is one before this`;
    case 'no-connections-left':
      return `no more links from ${from} (${refusal.details?.max} at most): this is one too many`;
    case 'link-not-allowed': {
      const { from: kind, to: other } = refusal.details ?? {};
      const kinds = catalog[kind as NodeKind].linksTo.join(', ');
      return kinds === ''
        ? `no link from ${from}: nodes of kind ${kind} call no others`
        : `a link from ${from} to one of ${kinds}: ${to} is of kind ${other}`;
    }
    default:
      return `a link that may be drawn (${from} to ${to}: ${refusal.code})`;
  }
}

function mixProblems({ mix, classes }: Scenario): Problem[] {
  return mix.flatMap(({ shares }, i) => {
    const path = `/mix/${i}/shares`;
    const unknown = Object.keys(shares).filter((name) => !Object.hasOwn(classes, name));
    const problems = unknown.map((name) => ({
      path: `${path}/${name}`,
      expected: `no entry of this name: known are ${Object.keys(classes).join(', ')}`,
    }));
    const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
    if (total <= 0) problems.push({ path, expected: 'at least one share above zero' });
    return problems;
  });
}

function curveProblems({ traffic, mix }: Scenario): Problem[] {
  const lists = { traffic, mix };
  return Object.entries(lists).flatMap(([name, list]) =>
    list.flatMap((point, i) => {
      const before = list[i - 1];
      return before !== undefined && before.atSeconds >= point.atSeconds
        ? [{ path: `/${name}/${i}/atSeconds`, expected: `a time after ${before.atSeconds}` }]
        : [];
    }),
  );
}

/** Users never grow faster than while all are content, so that this is the most there can be. */
function loadProblems(scenario: Scenario): Problem[] {
  let users = scenario.users.initial;
  let total = 0;
  for (let second = 0; second < scenario.durationSeconds; second++) {
    const perSecond = offeredLoad(scenario, users, second);
    if (!(perSecond <= MAX_RATE_PER_SECOND)) {
      const expected = `at most ${MAX_RATE_PER_SECOND} requests a second (second ${second} may bring ${perSecond})`;
      return [{ path: '/users', expected }];
    }
    total += perSecond;
    users += users * scenario.users.growthPerSecond;
  }
  if (total <= MAX_REQUESTS) return [];
  const expected = `at most ${MAX_REQUESTS} requests in all (there may be ${Math.round(total)})`;
  return [{ path: '/users', expected }];
}
