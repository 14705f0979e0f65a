import { CAUSES, type NodeId, type Span, type SpanKind, type Trace } from '../protocol/index.ts';

const OPEN = -1;

/** A span while it grows; `cause` is a cause's number, -1 for none. */
interface GrowingSpan {
  readonly parent: number | null;
  readonly kind: SpanKind;
  readonly node: NodeId;
  readonly name: string;
  readonly startNs: number;
  endNs: number;
  serviceNs: number;
  cause: number;
}

/** The spans of one request under way. A request does one thing at a time, so open spans lie one in another. */
export class TraceBuilder {
  readonly number: number;
  readonly requestClass: string;
  readonly #spans: GrowingSpan[] = [];

  constructor(number: number, requestClass: string) {
    this.number = number;
    this.requestClass = requestClass;
  }

  /** Begins a span; the answer is its place. */
  open(parent: number | null, kind: SpanKind, node: NodeId, name: string, startNs: number): number {
    const span = { parent, kind, node, name, startNs, endNs: OPEN, serviceNs: 0, cause: -1 };
    return this.#spans.push(span) - 1;
  }

  close(place: number, endNs: number, cause: number): void {
    const span = this.#at(place);
    span.endNs = endNs;
    span.cause = cause;
  }

  /** Ends a span and everything open in it. */
  closeFrom(place: number, endNs: number, cause: number): void {
    for (let i = place; i < this.#spans.length; i++) {
      if (this.isOpen(i)) this.close(i, endNs, cause);
    }
  }

  /** A step that is over. */
  addStep(
    parent: number,
    name: string,
    times: { readonly startNs: number; readonly endNs: number; readonly serviceNs: number },
  ): void {
    const { node } = this.#at(parent);
    this.#spans.push({ parent, kind: 'step', node, name, ...times, cause: -1 });
  }

  isOpen(place: number): boolean {
    return this.#at(place).endNs === OPEN;
  }

  kindOf(place: number): SpanKind {
    return this.#at(place).kind;
  }

  /** The whole trace; every span must be closed. */
  finish(): Trace {
    const ownNs = this.#spans.map(({ startNs, endNs }) => endNs - startNs);
    for (const { parent, startNs, endNs } of this.#spans) {
      if (parent !== null) ownNs[parent] = (ownNs[parent] as number) - (endNs - startNs);
    }
    const spans = this.#spans.map(
      ({ cause, ...span }, i): Span => ({
        ...span,
        waitNs: (ownNs[i] as number) - span.serviceNs,
        cause: CAUSES[cause] ?? null,
      }),
    );
    return { number: this.number, requestClass: this.requestClass, spans };
  }

  #at(place: number): GrowingSpan {
    return this.#spans[place] as GrowingSpan;
  }
}
