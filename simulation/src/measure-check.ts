import { DEFAULT_PROFILE } from './components/default-profile.ts';
import { Serving } from './execution/serving.ts';
import { KINDS } from './game-kinds.ts';
import { loadCurve, MEASURING_LIMITS, type Measuring } from './measure.ts';
import type { NodeKind, Problem, TopologyNode } from './protocol/index.ts';

/** Kinds that keep account of every item there is. */
const STORE_KINDS: readonly NodeKind[] = ['cache', 'cdn', 'nosql'];
/** Items that all stores of a topology may keep account of together; each takes some forty bytes at most. */
const MAX_STORED_ITEMS = 10_000_000;

/**
 * What cannot be measured as asked, before anything runs; empty when all can. The topology and the mix must
 * already be free of a scenario's problems (`scenarioProblems`). Paths are a scenario's, empty for the load.
 */
export function measuringProblems(measuring: Measuring): readonly Problem[] {
  return [...servingProblems(measuring), ...memoryProblems(measuring), ...loadProblems(measuring)];
}

function servingProblems({ topology, classes, mix, data, profile }: Measuring): Problem[] {
  const serving = new Serving(topology, {
    kinds: KINDS,
    profile: profile ?? DEFAULT_PROFILE,
    data,
  });
  const clients = topology.nodes.find((node) => node.kind === 'clients') as TopologyNode;
  return Object.entries(classes).flatMap(([name, requestClass]) => {
    if (!mix.some(({ shares }) => (shares[name] ?? 0) > 0)) return [];
    const missing = serving.missingLink(clients, name, requestClass);
    if (missing === null) return [];
    const link = `a link from ${missing.from} to a node of kind ${missing.to.join(' or ')}`;
    return [{ path: '/topology/links', expected: `${link}: no path serves the class ${name}` }];
  });
}

function memoryProblems({ topology, data }: Measuring): Problem[] {
  const stores = topology.nodes.filter((node) => STORE_KINDS.includes(node.kind)).length;
  if (stores * data.items <= MAX_STORED_ITEMS) return [];
  const kinds = STORE_KINDS.join(', ');
  const expected = `at most ${MAX_STORED_ITEMS} items in all stores (${kinds}) together (${stores} stores of ${data.items} items)`;
  return [{ path: '/topology/nodes', expected }];
}

function loadProblems({ load, warmupSeconds, extent }: Measuring): Problem[] {
  const { max } = MEASURING_LIMITS.ratePerSecond;
  const peak = load.reduce((most, { ratePerSecond }) => Math.max(most, ratePerSecond), 0);
  if (!(peak <= max)) {
    const expected = `a load of at most ${max} requests a second (it reaches ${Math.round(peak)})`;
    return [{ path: '', expected }];
  }
  if ('seconds' in extent) return [];
  const longest = MEASURING_LIMITS.seconds.max;
  const rateAt = loadCurve(load);
  let requests = 0;
  for (let second = 0; second < longest; second++) requests += rateAt(warmupSeconds + second);
  if (requests >= extent.requests) return [];
  const expected = `a load that brings ${extent.requests} requests in ${longest} s (it brings about ${Math.floor(requests)})`;
  return [{ path: '', expected }];
}
