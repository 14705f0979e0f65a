import { EventQueue } from '../kernel/event-queue.ts';
import { createStream, createZipf, type RandomStream } from '../kernel/random.ts';
import type { DeadlineList } from '../primitives/deadline-list.ts';
import type { Fault, Profile, Release, RequestClass, Scenario } from '../protocol/index.ts';
import { WORKS, type Work } from '../protocol/index.ts';
import { Arrivals } from './arrivals.ts';
import { ClassMix } from './class-mix.ts';
import { ClientKeys } from './client-keys.ts';
import { Clock } from './clock.ts';
import { Deliveries } from './deliveries.ts';
import { Disturbances } from './disturbances.ts';
import { HostileTraffic } from './hostile-traffic.ts';
import { Interpreter } from './interpreter.ts';
import type { Kinds } from './kinds.ts';
import { Losses } from './losses.ts';
import { Replication } from './replication.ts';
import type { Request } from './request.ts';
import { RequestTable } from './request-table.ts';
import { Resources } from './resources.ts';
import type { RunningNode } from './running-node.ts';
import { RunningTopology } from './running-topology.ts';
import { Scraping } from './scraping.ts';
import { shownAsTables } from './shown-as.ts';
import { Tracing } from './tracing.ts';

export interface SimulatorOptions {
  readonly kinds: Kinds;
  readonly profile: Profile;
  readonly seed: number;
  readonly classes: Readonly<Record<string, RequestClass>>;
  readonly data: Scenario['data'];
  readonly arrivals: Scenario['arrivals'];
  /** What breaks, and when, from the simulator's beginning. */
  readonly faults?: readonly Fault[];
  /** What the versions are that nodes may run. */
  readonly releases?: readonly Release[];
}

/** What the parts ask of the simulator that they belong to. */
export interface SimulatorHooks {
  readonly resume: (request: Request) => void;
  /** Takes a node out of service for a cause. */
  readonly stop: (node: RunningNode, cause: number) => void;
}

export type SimulatorParts = ReturnType<typeof buildParts>;

/** Everything that a simulator consists of, each part handed what it works with. */
export function buildParts(options: SimulatorOptions, hooks: SimulatorHooks) {
  const { profile, seed, data, kinds } = options;
  const { linkLatencyMs } = profile;
  const classes = Object.values(options.classes);
  const classNames = Object.keys(options.classes);
  const stream = (name: string) => createStream(seed, name);
  const streams = { items: stream('items'), rows: stream('rows'), arrivals: stream('arrivals') };
  const mix = new ClassMix(classNames, seed);

  const clock = new Clock();
  const queue = new EventQueue(4096);
  const requests = new RequestTable();
  const resources = new Resources(queue, requests, profile.quotaPeriodMs, (row) =>
    hooks.resume(requests.at(row)),
  );
  const { timers } = resources;
  const given = { kinds, classes: options.classes, data, profile, seed };
  const topology = new RunningTopology({ ...given, queue, resources });
  const replication = new Replication({ queue, requests, topology, linkLatencyMs });
  const deliveries = new Deliveries({ queue, requests, timers, topology });
  const scraping = new Scraping({
    ...{ queue, requests, timers },
    scrapeMs: (node) => kinds.components[node.kind].scrapes?.(node) ?? null,
  });
  const { stations } = resources;
  const tracing = new Tracing({ requests, topology, stations, classNames, seed, clock });
  const losses = new Losses(queue, clock, stream('packet loss'));
  const clientKeys = new ClientKeys(requests, seed);
  const hostile = new HostileTraffic(classes);
  const goodByClass = new Float64Array(classes.length);
  const disturbances = new Disturbances(
    {
      releases: options.releases ?? [],
      stream,
      topology,
      timers,
      memoryMiB: (node) => kinds.sizeEntry(node)?.memoryMiB ?? Number.POSITIVE_INFINITY,
      startupMs: (node) => kinds.startupMs(node.kind),
      stop: hooks.stop,
      replication,
      deliveries,
    },
    options.faults ?? [],
  );
  const interpreter = new Interpreter({
    ...{ clock, queue, requests, resources, topology, replication, deliveries, scraping, tracing },
    ...{ losses, clientKeys, hostile, goodByClass },
    ...shownAsTables(classes),
    demands: demandsOf(profile, kinds),
    popularity: popularityOf(data, streams.items, streams.rows),
    onTimeMs: Float64Array.from(classes, (requestClass) => requestClass.onTimeMs),
  });
  resources.onRoom = () => interpreter.admitWaiting();
  return {
    ...{ clock, queue, requests, resources, topology, replication, deliveries, scraping, tracing },
    ...{ losses, clientKeys, hostile, goodByClass, disturbances, interpreter, mix },
    arrivals: new Arrivals(streams.arrivals, options.arrivals),
    timeouts: timeoutsOf(classes, resources),
    /** Whose states the run depends on, besides those of the parts. */
    streams: [streams.items, streams.rows, streams.arrivals, mix.stream],
  };
}

function demandsOf(profile: Profile, kinds: Kinds) {
  const demand = (work: Work) => profile.demands[work] ?? kinds.demands[work];
  return {
    meanMs: Float64Array.from(WORKS, (work) => demand(work).meanMs),
    cv: Float64Array.from(WORKS, (work) => demand(work).cv),
  };
}

function popularityOf(data: Scenario['data'], itemStream: RandomStream, rowStream: RandomStream) {
  return {
    items: createZipf(data.items, data.zipfExponent),
    itemStream,
    rows: createZipf(data.hotRows, data.hotRowExponent),
    rowStream,
  };
}

/** The deadlines of whole requests, by class; classes of one time-out share a list. */
function timeoutsOf(classes: readonly RequestClass[], resources: Resources): DeadlineList[] {
  const durations = [...new Set(classes.map((requestClass) => requestClass.timeoutMs))];
  const lists = new Map(durations.map((ms) => [ms, resources.deadlineList(ms, 'requests')]));
  return classes.map(({ timeoutMs }) => lists.get(timeoutMs) as DeadlineList);
}
