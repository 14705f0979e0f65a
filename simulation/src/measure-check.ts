import { DEFAULT_PROFILE } from './components/default-profile.ts';
import { type MissingLink, Serving } from './execution/serving.ts';
import { KINDS } from './game-kinds.ts';
import { loadCurve, MEASURING_LIMITS, type Measuring } from './measure.ts';
import {
  type NodeKind,
  type Problem,
  SOCKET_GATEWAY_DEFAULTS,
  type TopologyNode,
} from './protocol/index.ts';
import { sharesAt } from './rules/traffic.ts';

/** Kinds that keep account of every item there is. */
const STORE_KINDS: readonly NodeKind[] = ['cache', 'cdn', 'nosql'];
/** What keeping account takes at most. */
const BYTES_PER_ITEM = 40;
const BYTES_PER_USER = 25;
/** What the accounts of all nodes may take together. */
const MAX_ACCOUNTS_MB = 400;

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
    const expected = `${servingLink(missing)}: no path serves the class ${name}`;
    return [{ path: '/topology/links', expected }];
  });
}

/** What a path lacks: a link, or another node where the one there does nothing of what is asked. */
function servingLink({ from, to, only }: MissingLink): string {
  if (only !== undefined) return `a link from ${from} to ${only}, where ${from} is told to send it`;
  return to.length === 0
    ? `a link to another node in place of ${from}, which does not do what is asked of it`
    : `a link from ${from} to a node of kind ${to.join(' or ')}`;
}

/** Accounts are laid out in full before the first request; all else grows with what is under way, which is bounded. */
function memoryProblems({ topology, data }: Measuring): Problem[] {
  const stores = topology.nodes.filter((node) => STORE_KINDS.includes(node.kind)).length;
  const users = topology.nodes.reduce((sum, node) => sum + usersOf(node), 0);
  const megabytes = (stores * data.items * BYTES_PER_ITEM + users * BYTES_PER_USER) / 1e6;
  if (megabytes <= MAX_ACCOUNTS_MB) return [];
  const kinds = STORE_KINDS.join(', ');
  const counts = `${stores} stores (${kinds}) of ${data.items} items and ${users} users of socket gateways`;
  const expected = `nodes that take at most ${MAX_ACCOUNTS_MB} MB of memory together (${counts} take ${Math.ceil(megabytes)} MB): fewer of them, or fewer items or users`;
  return [{ path: '/topology/nodes', expected }];
}

function usersOf(node: TopologyNode): number {
  return node.kind === 'socket-gateway' ? (node.users ?? SOCKET_GATEWAY_DEFAULTS.users) : 0;
}

function loadProblems(measuring: Measuring): Problem[] {
  const { load, warmupSeconds, extent } = measuring;
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
  for (let second = 0; second < longest; second++) {
    const at = warmupSeconds + second;
    requests += rateAt(at) * usersShareAt(measuring, at);
  }
  if (requests >= extent.requests) return [];
  const expected = `a load that brings ${extent.requests} requests of users in ${longest} s (it brings about ${Math.floor(requests)})`;
  return [{ path: '', expected }];
}

/** Share of the load that is not hostile: requests are counted end to end, where hostile ones are apart. */
function usersShareAt(measuring: Measuring, seconds: number): number {
  let all = 0;
  let users = 0;
  for (const [name, share] of Object.entries(sharesAt(measuring, seconds))) {
    all += share;
    if (measuring.classes[name]?.hostile === undefined) users += share;
  }
  return users / all;
}
