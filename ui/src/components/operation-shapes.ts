import type { Operation } from '@project-devops/simulation/protocol';

export type MarkKind = Operation | 'failed';

/** A mark in a box of `MARK_BOX` by `MARK_BOX` units; `token` is the CSS custom property of its colour. */
export interface MarkShape {
  readonly path: string;
  readonly paint: 'fill' | 'stroke';
  readonly token: `--${string}`;
}

export const MARK_BOX = 12;
/** Line width of marks that are painted as strokes, in units of the box. */
export const MARK_STROKE = 2.4;

/** One shape and colour an operation, so that neither colour nor shape alone carries the meaning. */
export const MARK_SHAPES = {
  static: {
    path: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
    paint: 'fill',
    token: '--static',
  },
  read: { path: 'M1.8 1.8h8.4v8.4H1.8z', paint: 'fill', token: '--read' },
  write: { path: 'M6 .8 11.4 10.6H.6z', paint: 'fill', token: '--write' },
  compute: { path: 'M6 .6 11.4 6 6 11.4 .6 6z', paint: 'fill', token: '--compute' },
  message: { path: 'M6 .7 11.4 4.700 9.300 11H2.700L.6 4.700z', paint: 'fill', token: '--message' },
  failed: { path: 'M1.5 1.5l9 9M10.5 1.5l-9 9', paint: 'stroke', token: '--bad' },
} as const satisfies Record<MarkKind, MarkShape>;
