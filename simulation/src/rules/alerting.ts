import { ALERTS, type AlertHappening, type AlertId, type NodeId } from '../protocol/index.ts';

/** What a node, or the whole service, did since the scrape round before. */
export interface Figures {
  readonly served: number;
  readonly failed: number;
  /** Requests that found no connection free in a pool. */
  readonly poolExhausted: number;
  /** Means over the windows; 0 where it does not apply. */
  readonly utilisation: number;
  readonly queueDepth: number;
  /** At the end. */
  readonly consumerLag: number;
}

export interface NodeSighting extends Figures {
  readonly id: NodeId;
  readonly isDown: boolean;
}

/** All that monitoring knows when a scrape round is over. */
export interface Sighting {
  /** The end of the round before, or of what monitoring has seen first. */
  readonly sinceMs: number;
  readonly atMs: number;
  readonly nodes: readonly NodeSighting[];
  readonly service: Figures;
  readonly users: number;
  /** The most users of the last `USERS_MS`. */
  readonly mostUsers: number;
  readonly isDeploying: boolean;
}

/** How far users are looked back on: a loss that is older is the new normal. */
export const USERS_MS = 300_000;
/** An alert is over when its condition has been gone for so long; what comes and goes is one alert. */
export const QUIET_MS = 15_000;
/** So few requests tell nothing about the share that fails. */
const FEW_REQUESTS = 20;

/** Raised when `value` has been above `above` for `forMs`; over when it is at `clear` or below, for `QUIET_MS`. */
interface AlertRule<Seen> {
  readonly above: number;
  readonly clear: number;
  readonly forMs: number;
  readonly value: (seen: Seen) => number;
}

const NODE_RULES = {
  'node-down': { above: 0, clear: 0, forMs: 0, value: ({ isDown }) => (isDown ? 1 : 0) },
  'pool-exhausted': { above: 0, clear: 0, forMs: 0, value: (node) => node.poolExhausted },
  'consumer-lag': { above: 10_000, clear: 5_000, forMs: 0, value: (node) => node.consumerLag },
  'cpu-high': { above: 0.8, clear: 0.7, forMs: 300_000, value: (node) => node.utilisation },
  'queue-depth': { above: 1_000, clear: 500, forMs: 0, value: (node) => node.queueDepth },
} as const satisfies Partial<Record<AlertId, AlertRule<NodeSighting>>>;

const SERVICE_RULES = {
  'error-ratio': {
    above: 0.05,
    clear: 0.025,
    forMs: 0,
    value: (seen) => failedRatio(seen.service),
  },
  'users-lost': { above: 0.3, clear: 0.2, forMs: 0, value: lostUsersRatio },
  deployment: { above: 0, clear: 0, forMs: 0, value: (seen) => (seen.isDeploying ? 1 : 0) },
} as const satisfies Record<Exclude<AlertId, keyof typeof NODE_RULES>, AlertRule<Sighting>>;

/** Where a condition stands that has been met of late. */
type Progress =
  | { readonly state: 'pending'; readonly sinceMs: number }
  | { readonly state: 'raised' }
  | { readonly state: 'quiet'; readonly sinceMs: number };

/** A condition that has been met of late, at a node or (null) at the whole service. */
export type WatchedAlert = { readonly alert: AlertId; readonly node: NodeId | null } & Progress;

export interface Judged {
  readonly alerts: readonly WatchedAlert[];
  readonly happenings: readonly AlertHappening[];
}

/** Judges what a scrape round has brought; alerts of nodes that are gone are over. */
export function nextAlerts(before: readonly WatchedAlert[], seen: Sighting): Judged {
  const known = new Map(before.map((watched) => [keyOf(watched.alert, watched.node), watched]));
  const alerts: WatchedAlert[] = [];
  const judge = (alert: AlertId, node: NodeId | null, rule: Bounds, value: number) => {
    const progress = nextProgress(known.get(keyOf(alert, node)) ?? null, rule, value, seen);
    if (progress !== null) alerts.push({ alert, node, ...progress });
  };
  for (const [alert, rule] of entriesOf(SERVICE_RULES)) judge(alert, null, rule, rule.value(seen));
  for (const node of seen.nodes) {
    for (const [alert, rule] of entriesOf(NODE_RULES))
      judge(alert, node.id, rule, rule.value(node));
  }
  return { alerts, happenings: changes(before, alerts) };
}

/** What there is to tell when these alerts follow those. */
export function changes(
  before: readonly WatchedAlert[],
  after: readonly WatchedAlert[],
): AlertHappening[] {
  const told = (type: AlertHappening['type'], from: typeof after, others: typeof after) => {
    const shown = new Set(others.filter(isShown).map(({ alert, node }) => keyOf(alert, node)));
    return from
      .filter((watched) => isShown(watched) && !shown.has(keyOf(watched.alert, watched.node)))
      .map(({ alert, node }) => ({ type, level: ALERTS[alert], alert, node }));
  };
  return [...told('alert-cleared', before, after), ...told('alert-raised', after, before)];
}

type Bounds = Omit<AlertRule<never>, 'value'>;

function nextProgress(
  before: Progress | null,
  { above, clear, forMs }: Bounds,
  value: number,
  { sinceMs, atMs }: Sighting,
): Progress | null {
  if (before === null || before.state === 'pending') {
    if (value <= above) return null;
    const fromMs = before?.sinceMs ?? sinceMs;
    const isLong = atMs - fromMs >= forMs;
    return isLong ? { state: 'raised' } : { state: 'pending', sinceMs: fromMs };
  }
  if (value > clear) return { state: 'raised' };
  if (before.state === 'raised') return { state: 'quiet', sinceMs: atMs };
  return atMs - before.sinceMs >= QUIET_MS ? null : before;
}

function isShown({ state }: WatchedAlert): boolean {
  return state !== 'pending';
}

function keyOf(alert: AlertId, node: NodeId | null): string {
  return `${alert} ${node ?? ''}`;
}

function entriesOf<K extends AlertId, Seen>(rules: Readonly<Record<K, AlertRule<Seen>>>) {
  return Object.entries(rules) as [K, AlertRule<Seen>][];
}

function failedRatio({ served, failed }: Figures): number {
  return served + failed < FEW_REQUESTS ? 0 : failed / (served + failed);
}

function lostUsersRatio({ users, mostUsers }: Sighting): number {
  return mostUsers > 0 ? (mostUsers - users) / mostUsers : 0;
}
