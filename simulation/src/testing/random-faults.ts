import fc from 'fast-check';
import { type Drill, type Topology, ZONES } from '../protocol/index.ts';

/** What strikes at a time, as a choice that any topology can be struck by. */
export interface Strike {
  readonly afterMs: number;
  readonly drillIn: (topology: Topology, id: string) => Drill;
}

const chosen = fc.record({
  afterMs: fc.nat(1_500),
  /** Which node, link or zone. */
  place: fc.nat(1_000),
  durationSeconds: fc.integer({ min: 1, max: 3_000 }).map((ms) => ms / 1000),
  share: fc.constantFrom(0.2, 0.7, 1),
  factor: fc.integer({ min: 1, max: 20 }),
  kind: fc.constantFrom(
    ...(['crash', 'restart', 'slow', 'leak', 'partition', 'cut-off', 'loss', 'zone-loss'] as const),
    ...(['spot-interruption', 'full-disk', 'disk-loss', 'clock-skew'] as const),
  ),
});

/** A fault of any kind at any place, which is over some seconds later. */
export const strike: fc.Arbitrary<Strike> = chosen.map((of) => ({
  afterMs: of.afterMs,
  drillIn: (topology, id) => drillOf(of, topology, id),
}));

type Chosen = typeof chosen extends fc.Arbitrary<infer T> ? T : never;

function drillOf(of: Chosen, { nodes, links }: Topology, id: string): Drill {
  const { durationSeconds, factor } = of;
  const at = <T>(list: readonly T[]) => list[of.place % list.length] as T;
  const onNode = { node: at(nodes).id };
  const onLink = links.length === 0 ? null : { link: { from: at(links).from, to: at(links).to } };
  const onZone = { zone: at(ZONES) };
  switch (of.kind) {
    case 'restart':
      return { id, kind: of.kind, target: onNode };
    case 'disk-loss':
      return { id, kind: of.kind, target: of.share === 1 ? onZone : onNode };
    case 'slow':
      return { id, kind: of.kind, target: onNode, factor, durationSeconds };
    case 'leak': {
      const leaking = { mibPerRequest: factor, mibPerSecond: 10 * factor };
      return { id, kind: of.kind, target: onNode, ...leaking, durationSeconds };
    }
    case 'loss':
      if (onLink === null) return { id, kind: 'crash', target: onNode, durationSeconds };
      return { id, kind: of.kind, target: onLink, ratio: of.share, durationSeconds };
    case 'partition':
      return { id, kind: of.kind, target: onLink ?? { nodes: [onNode.node] }, durationSeconds };
    case 'cut-off':
      return { id, kind: 'partition', target: { nodes: [onNode.node] }, durationSeconds };
    case 'zone-loss':
      return { id, kind: of.kind, target: onZone, durationSeconds };
    case 'spot-interruption':
      return { id, kind: of.kind, target: onZone, durationSeconds };
    case 'clock-skew':
      return { id, kind: of.kind, target: onNode, offsetSeconds: factor - 10, durationSeconds };
    case 'crash':
    case 'full-disk':
      return { id, kind: of.kind, target: onNode, durationSeconds };
  }
}
