import type { Problem, Scenario } from '../protocol/index.ts';
import { type Catalog, linkRefusal, sizeOf } from './topology-edits.ts';

/** What the schema cannot say about a scenario: references that lead nowhere, links that are not allowed. Empty when it can be played. */
export function scenarioProblems(scenario: Scenario, catalog: Catalog): Problem[] {
  return [
    ...nodeProblems(scenario, catalog),
    ...linkProblems(scenario, catalog),
    ...mixProblems(scenario),
    ...curveProblems(scenario),
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
    const reason = linkRefusal(before, link, catalog);
    if (reason === null) return [];
    const expected = `a link that may be drawn (${link.from} to ${link.to}: ${reason.code})`;
    return [{ path: `/topology/links/${i}`, expected }];
  });
}

function mixProblems({ mix, classes }: Scenario): Problem[] {
  return mix.flatMap(({ shares }, i) => {
    const path = `/mix/${i}/shares`;
    const unknown = Object.keys(shares).filter((name) => !Object.hasOwn(classes, name));
    const problems = unknown.map((name) => ({
      path: `${path}/${name}`,
      expected: `one of the classes: ${Object.keys(classes).join(', ')}`,
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
