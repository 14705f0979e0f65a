import { createStream, type RandomStream } from '../kernel/random.ts';
import type { Station } from '../primitives/station.ts';
import type { NodeId, Trace } from '../protocol/index.ts';
import type { Clock } from './clock.ts';
import * as op from './program.ts';
import type { Request } from './request.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningTopology } from './running-topology.ts';
import { TraceBuilder } from './trace-builder.ts';

/** Traces kept until they are taken; requests that come later are not sampled. */
export const MAX_TRACES = 10_000;
/** Once those that have ended have so many spans together, no other request is sampled until they are taken. */
export const MAX_SPANS = 200_000;

/** One row's part in a trace. */
interface TracedRow {
  readonly trace: TraceBuilder;
  /** Places of the row's open spans, the innermost last. An attempt's row begins in its caller's call. */
  readonly open: number[];
  /** The span without which the row is traced no more. */
  readonly within: number;
  /** Until when its time is accounted for. */
  untilNs: number;
  /** The attempt that this one waits for. */
  attempt: Request | null;
}

export interface TracingOptions {
  readonly clock: Clock;
  readonly requests: RequestTable;
  readonly topology: RunningTopology;
  readonly stations: readonly Station[];
  readonly classNames: readonly string[];
  readonly seed: number;
}

/**
 * Follows sampled requests. It only watches: what it draws from is its own, so a run is the same with it.
 * All time of a request passes between two of its resumptions, and belongs to the instruction it rested at.
 */
export class Tracing {
  /** Whether anything is to be watched; nothing else here is to be called otherwise. */
  on = false;
  #sampleRatio = 0;
  #sampled = 0;
  #kept = 0;
  /** Spans of the finished traces. */
  #spans = 0;
  #finished: Trace[] = [];
  readonly #o: TracingOptions;
  readonly #stream: RandomStream;
  readonly #rows = new Map<Request, TracedRow>();

  constructor(options: TracingOptions) {
    this.#o = options;
    this.#stream = createStream(options.seed, 'traces');
  }

  /** Samples this share of the requests that arrive from now on; 0 to 1. */
  sample(ratio: number): void {
    this.#sampleRatio = ratio;
    this.on = ratio > 0 || this.#rows.size > 0;
  }

  /** Traces of the requests that have ended since the last call. */
  take(): Trace[] {
    const traces = this.#finished;
    this.#finished = [];
    this.#kept -= traces.length;
    this.#spans = 0;
    return traces;
  }

  /** A request begins at its first node. */
  began(request: Request): void {
    if (this.#stream.nextFloat() >= this.#sampleRatio) return;
    if (this.#kept >= MAX_TRACES || this.#spans >= MAX_SPANS) return;
    this.#kept++;
    const name = this.#o.classNames[request.requestClass] ?? '';
    const trace = new TraceBuilder(this.#sampled++, name);
    const untilNs = this.#nowNs;
    const root = trace.open(null, 'request', nodeOf(request), name, untilNs);
    this.#rows.set(request, { trace, open: [root], within: root, untilNs, attempt: null });
  }

  /** The request goes on with its program. */
  resumed(request: Request): void {
    const row = this.#live(request);
    if (row === undefined) return;
    if (row.trace.kindOf(innermost(row)) !== 'call') {
      this.#account(request, row);
      return;
    }
    row.attempt = null;
    this.#pop(row, -1);
  }

  /** A call's target begins its part. */
  arrived(request: Request): void {
    const row = this.#live(request);
    if (row === undefined) return;
    const nowNs = this.#nowNs;
    const { node, outer } = request.here;
    if (row.trace.kindOf(innermost(row)) !== 'call') {
      const caller = outer?.node.node.id ?? '';
      row.open.push(row.trace.open(innermost(row), 'call', caller, node.node.id, row.untilNs));
    }
    const { requestClass } = row.trace;
    row.open.push(row.trace.open(innermost(row), 'visit', node.node.id, requestClass, nowNs));
    row.untilNs = nowNs;
  }

  /** A node has done its part; at the first node the request is over. */
  replied(request: Request): void {
    const row = this.#live(request);
    if (row !== undefined) this.#leave(request, row, -1);
  }

  /** The request fails at a node and leaves it. */
  failed(request: Request, cause: number): void {
    const row = this.#live(request);
    if (row === undefined) return;
    this.#account(request, row);
    this.#leave(request, row, cause);
    if (row.open.length > 1) this.#pop(row, cause);
  }

  /** Nobody waits for the request any more. */
  abandoned(request: Request, cause: number): void {
    const row = this.#live(request);
    if (row === undefined || row.within !== 0) return;
    this.#cut(request, row, 0, cause);
    this.#finish(request, row);
  }

  /** The request's call is an attempt in a row of its own. */
  attempted(request: Request, attempt: Request): void {
    const row = this.#live(request);
    if (row === undefined) return;
    const { trace } = row;
    const untilNs = this.#nowNs;
    const target = attempt.root.node.node.id;
    const call = trace.open(innermost(row), 'call', nodeOf(request), target, untilNs);
    row.open.push(call);
    row.attempt = attempt;
    this.#rows.set(attempt, { trace, open: [call], within: call, untilNs, attempt: null });
  }

  /** The request waits no more for its attempt, which has failed or is given up. */
  attemptFailed(request: Request, cause: number): void {
    const row = this.#live(request);
    if (row === undefined) return;
    this.#cut(request, row, innermost(row), cause);
    row.open.pop();
    row.untilNs = this.#nowNs;
  }

  /** A pause before another attempt is over. */
  paused(request: Request): void {
    const row = this.#live(request);
    if (row !== undefined) this.#account(request, row, { name: 'pause' });
  }

  get #nowNs(): number {
    return Math.round(this.#o.clock.nowMs * 1e6);
  }

  #live(request: Request): TracedRow | undefined {
    const row = this.#rows.get(request);
    if (row === undefined || row.trace.isOpen(row.within)) return row;
    this.#rows.delete(request);
    return undefined;
  }

  /** Ends a span with everything in it, in whichever row the request is. */
  #cut(request: Request, row: TracedRow, place: number, cause: number): void {
    const inner = row.attempt === null ? undefined : this.#live(row.attempt);
    if (row.attempt !== null && inner !== undefined && inner.trace === row.trace) {
      this.#cut(row.attempt, inner, inner.within, cause);
    } else if (row.trace.kindOf(innermost(row)) !== 'call') {
      this.#account(request, row, { isCut: true });
    }
    row.attempt = null;
    row.trace.closeFrom(place, this.#nowNs, cause);
  }

  /** Time since the last account belongs to the step at which the request rested; `isCut`: where it rests still. */
  #account(
    request: Request,
    row: TracedRow,
    { name, isCut = false }: { readonly name?: string; readonly isCut?: boolean } = {},
  ): void {
    const { topology } = this.#o;
    const startNs = row.untilNs;
    const endNs = this.#nowNs;
    row.untilNs = endNs;
    if (endNs === startNs) return;
    const at = request.position - op.WORDS;
    const isBurst = topology.text.words[at] === op.BURST;
    const usedMs = isBurst ? this.#usedMs(request, startNs, isCut) : 0;
    const serviceNs = Math.min(endNs - startNs, Math.round(usedMs * 1e6));
    row.trace.addStep(innermost(row), name ?? topology.text.labelAt(at), {
      startNs,
      endNs,
      serviceNs,
    });
  }

  /** CPU time of the burst at which the request is: all of it, or what it has had until now when it is cut. */
  #usedMs({ row, position }: Request, startNs: number, isCut: boolean): number {
    const { requests, topology, stations, clock } = this.#o;
    if (!isCut) return requests.jobs.demandMs[row] as number;
    const station = stations[topology.text.words[position - op.WORDS + 1] as number] as Station;
    return station.attainedMs(row, startNs / 1e6, clock.nowMs);
  }

  #leave(request: Request, row: TracedRow, cause: number): void {
    this.#pop(row, cause);
    if (row.open.length === 0) this.#finish(request, row);
  }

  #pop(row: TracedRow, cause: number): void {
    row.untilNs = this.#nowNs;
    row.trace.close(row.open.pop() as number, row.untilNs, cause);
  }

  #finish(request: Request, row: TracedRow): void {
    this.#rows.delete(request);
    const trace = row.trace.finish();
    this.#finished.push(trace);
    this.#spans += trace.spans.length;
    this.on = this.#sampleRatio > 0 || this.#rows.size > 0;
  }
}

function nodeOf(request: Request): NodeId {
  return request.here.node.node.id;
}

function innermost(row: TracedRow): number {
  return row.open[row.open.length - 1] as number;
}
