import { ClassMix } from '@project-devops/simulation';
import { CLIENT_METRICS, type LoadPlan } from '@project-devops/simulation/protocol';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import { setTimeout } from 'k6/timers';
import { watchOrders } from './orders.ts';
import { boundOf, causeOf, causeOfError } from './outcome.ts';
import { Pacer } from './pacer.ts';
import { sharesAt } from './shares.ts';
import { createWallClock } from './wall-clock.ts';

/** One virtual user runs one iteration, which sends all requests without waiting for their answers. */
export const options: Options = {
  scenarios: {
    load: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '8760h' },
  },
  // Idle connections that are kept: as many as requests may be under way.
  batch: 10_000,
  batchPerHost: 10_000,
  discardResponseBodies: true,
  dns: { ttl: '1s', select: 'first', policy: 'preferIPv4' },
  systemTags: [],
  tags: { generation: __ENV.GENERATION ?? '0' },
};

const sent = new Counter(CLIENT_METRICS.sent);
const served = new Counter(CLIENT_METRICS.served);
const latencySum = new Counter(CLIENT_METRICS.latencySum);
const good = new Counter(CLIENT_METRICS.good);
const errors = new Counter(CLIENT_METRICS.errors);
/** k6's own counter, which its arrival-rate executors would count. */
const dropped = new Counter('dropped_iterations');

let inFlight = 0;
/** Most requests under way at once; it never shrinks, because those of a greater load may still be under way. */
let limit = 0;

export default function load(): Promise<never> {
  let classes: ClassMix | null = null;
  const pacer = new Pacer({
    now: createWallClock(Date.now, () => exec.instance.currentTestRunDuration),
    later: setTimeout,
    miss: (count) => dropped.add(count),
    send(plan, seconds) {
      classes ??= new ClassMix(Object.keys(plan.classes), plan.seed);
      if (!classes.setShares(sharesAt(plan.mix, seconds))) return;
      const name = classes.names[classes.draw()] as string;
      limit = Math.max(limit, plan.virtualUsers);
      if (inFlight < limit) void request(plan, name);
      else dropped.add(1);
    },
  });
  return watchOrders((order) => pacer.obey(order));
}

async function request(plan: LoadPlan, name: string): Promise<void> {
  const requestClass = plan.classes[name];
  if (requestClass === undefined)
    throw new Error(`The mix has a class ${name} that the plan lacks`);
  const { timeoutMs, onTimeMs } = requestClass;
  inFlight++;
  sent.add(1, { class: name });
  try {
    const url = `${plan.target}/r/${name}`;
    const params = { timeout: timeoutMs, redirects: 0, throw: true };
    const response = await http.asyncRequest('GET', url, null, params);
    const cause = causeOf(response);
    if (cause === null) countServed(name, response.timings.duration, onTimeMs);
    else errors.add(1, { class: name, cause });
  } catch (error) {
    errors.add(1, { class: name, cause: causeOfError(String(error)) });
  }
  inFlight--;
}

/** Latency is k6's `duration`: sending, waiting and receiving, without making a connection. */
function countServed(name: string, latencyMs: number, onTimeMs: number): void {
  served.add(1, { class: name, le: boundOf(latencyMs) });
  latencySum.add(latencyMs / 1000, { class: name });
  if (latencyMs <= onTimeMs) good.add(1, { class: name });
}
