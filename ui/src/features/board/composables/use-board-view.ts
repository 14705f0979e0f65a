import type { Position } from '@project-devops/simulation/protocol';
import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import type { Box } from '../../../building/node-box.ts';
import {
  centreOn,
  fitView,
  isInSight,
  MAX_ZOOM,
  MIN_ZOOM,
  toBoard,
  type View,
  type Viewport,
  viewBetween,
} from '../geometry/fit.ts';

const ZOOM_STEP = 1.3;
const MOVE_MS = 220;
/** Nodes that are shown on request are shown at least this large. */
const READABLE_ZOOM = 0.6;

interface Options {
  readonly root: Ref<HTMLElement | null>;
  /** How much of the map is covered by legends and buttons. */
  insets(): Viewport['insets'];
  /** The box around all nodes; null on an empty board. */
  content(): Box | null;
  /** Whether a press on this element may begin to drag the map. */
  mayPan(target: Element): boolean;
  readonly reduced: Readonly<Ref<boolean>>;
}

/** Pan and zoom of the map, kept outside Vue's reactivity: listeners hear of every change. */
export function useBoardView({ root, insets, content, mayPan, reduced }: Options) {
  let view: View = { x: 0, y: 0, k: 1 };
  let size = { width: 0, height: 0 };
  let isFitted = true;
  let moving = 0;
  const listeners = new Set<() => void>();
  const viewport = (): Viewport => ({ ...size, insets: insets() });

  function onZoom(event: D3ZoomEvent<HTMLElement, unknown>): void {
    const { x, y, k } = event.transform;
    view = { x, y, k };
    if (event.sourceEvent) {
      isFitted = false;
      cancelAnimationFrame(moving);
    }
    for (const listener of listeners) listener();
  }

  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([MIN_ZOOM, MAX_ZOOM])
    .clickDistance(4)
    .filter((event: MouseEvent | TouchEvent | WheelEvent) => {
      if (event.type === 'wheel') return true;
      if ('button' in event && event.button !== 0) return false;
      return event.target instanceof Element && mayPan(event.target);
    })
    .on('zoom', onZoom);

  function apply({ x, y, k }: View): void {
    if (!root.value) return;
    const transform: ZoomTransform = zoomIdentity.translate(x, y).scale(k);
    behaviour.transform(select<HTMLElement, unknown>(root.value), transform);
  }

  function goTo(target: View, smoothly: boolean): void {
    cancelAnimationFrame(moving);
    if (!smoothly || reduced.value) return apply(target);
    const start = view;
    const startMs = performance.now();
    const step = (nowMs: number): void => {
      const share = Math.min(1, Math.max(0, (nowMs - startMs) / MOVE_MS));
      apply(viewBetween(start, target, share * (2 - share)));
      if (share < 1) moving = requestAnimationFrame(step);
    };
    moving = requestAnimationFrame(step);
  }

  /** Shows all nodes; an untouched map stays fitted when its size changes. */
  function fit(smoothly = true): void {
    const box = content();
    isFitted = true;
    if (box && size.width > 0) goTo(fitView(box, viewport()), smoothly);
  }

  /** Fits again what was fitted and has not been moved since. */
  function refit(): void {
    if (isFitted) fit(false);
  }

  /** Moves the map so that a box is in sight, and on request not smaller than can be read. */
  function reveal(box: Box, readable: boolean): void {
    const k = readable ? Math.max(view.k, READABLE_ZOOM) : view.k;
    if (k === view.k && isInSight(box, view, viewport())) return;
    isFitted = false;
    const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    goTo(centreOn(centre, k, viewport()), true);
  }

  function zoomBy(factor: number): void {
    isFitted = false;
    const k = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, view.k * factor));
    goTo(centreOn(middle(), k, viewport()), true);
  }

  /** The board's point in the middle of the uncovered map. */
  function middle(): Position {
    const { left, right, top, bottom } = insets();
    return toBoard(view, {
      x: (left + size.width - right) / 2,
      y: (top + size.height - bottom) / 2,
    });
  }

  /** What was in the middle stays there. */
  function onResize(element: HTMLElement): void {
    const before = size;
    size = { width: element.clientWidth, height: element.clientHeight };
    const [dx, dy] = [(size.width - before.width) / 2, (size.height - before.height) / 2];
    if (isFitted) fit(false);
    else goTo({ x: view.x + dx, y: view.y + dy, k: view.k }, false);
    for (const listener of listeners) listener();
  }

  let observer: ResizeObserver | null = null;
  onMounted(() => {
    const element = root.value;
    if (!element) return;
    select<HTMLElement, unknown>(element).call(behaviour).on('dblclick.zoom', null);
    onResize(element);
    observer = new ResizeObserver(() => onResize(element));
    observer.observe(element);
  });
  onBeforeUnmount(() => {
    observer?.disconnect();
    cancelAnimationFrame(moving);
    if (root.value) select(root.value).on('.zoom', null);
  });

  /** A point of the window in board units. */
  function fromClient(clientX: number, clientY: number): Position {
    const box = root.value?.getBoundingClientRect();
    return toBoard(view, { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) });
  }

  return {
    get view() {
      return view;
    },
    get size() {
      return size;
    },
    middle,
    fromClient,
    fit,
    refit,
    reveal,
    zoomIn: () => zoomBy(ZOOM_STEP),
    zoomOut: () => zoomBy(1 / ZOOM_STEP),
    /** Calls back after every change of view or size; the answer ends that. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
export type BoardSurface = ReturnType<typeof useBoardView>;
