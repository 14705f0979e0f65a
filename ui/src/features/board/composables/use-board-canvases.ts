import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue';
import { useRun } from '../../../session/use-run.ts';
import { type ColourOf, type LinkPicture, looksSame, paintGround } from '../links/link-painter.ts';
import type { MarkRenderer } from '../packets/mark-renderer.ts';
import { createPacketField } from '../packets/packet-field.ts';
import { motionFactor } from '../packets/packet-speed.ts';
import { createPixelMarks } from '../packets/pixel-marks.ts';
import { type Chimney, createSmoke } from '../packets/smoke.ts';
import { drawSpriteSheet } from '../packets/sprites.ts';
import { createWebglMarks } from '../packets/webgl-marks.ts';
import type { BoardSurface } from './use-board-view.ts';
import type { LinkLayer } from './use-link-layer.ts';
import { useTokenColours } from './use-token-colours.ts';

interface Options {
  readonly root: Readonly<Ref<HTMLElement | null>>;
  readonly groundCanvas: Readonly<Ref<HTMLCanvasElement | null>>;
  readonly markCanvas: Readonly<Ref<HTMLCanvasElement | null>>;
  readonly surface: BoardSurface;
  readonly links: LinkLayer;
  readonly reduced: Readonly<Ref<boolean>>;
  /** The nodes that smoke. */
  chimneys(): readonly Chimney[];
  /** The mark canvas was lost; a new one must be put in its place. */
  onLost(): void;
}

/** Longest step of the packets: after a pause of the page they go on, not ahead. */
const MAX_STEP_SECONDS = 0.1;

/** Paints links and packets, outside Vue: a frame is drawn only when something moves or has changed. */
export function useBoardCanvases(options: Options) {
  const { root, groundCanvas, markCanvas, surface, links, reduced } = options;
  const run = useRun();
  const field = createPacketField();
  const smoke = createSmoke();
  const colourOf: ColourOf = useTokenColours(root, refresh);
  const showsGround = ref(false);
  let marks: MarkRenderer | null = null;
  let opened: AbortController | null = null;
  let stale = { links: true, marks: true };
  /** What the ground shows now. */
  let painted: LinkPicture | null = null;
  let request = 0;
  let lastMs = 0;
  let isWebglLost = false;

  const pixelScale = (): number => Math.min(marks?.maxScale ?? 1, window.devicePixelRatio || 1);
  const isMoving = (): boolean =>
    !reduced.value && run.speed > 0 && run.snapshot?.phase === 'operation';

  function wake(): void {
    if (request === 0) request = requestAnimationFrame(paint);
  }

  function touch(part: 'links' | 'marks' | 'both'): void {
    stale = {
      links: stale.links || part !== 'marks',
      marks: stale.marks || part !== 'links',
    };
    wake();
  }

  function paint(nowMs: number): void {
    request = 0;
    const seconds = Math.min(MAX_STEP_SECONDS, Math.max(0, (nowMs - lastMs) / 1000));
    lastMs = nowMs;
    if (stale.links) paintGroundCanvas();
    const moving = isMoving();
    if (moving) advance(seconds * motionFactor(run.speed));
    if (moving || stale.marks || stale.links) {
      field.place();
      const count = reduced.value
        ? field.count
        : smoke.place(options.chimneys(), field.vertices, field.count);
      marks?.draw(field.vertices, count, surface.view);
    }
    stale = { links: false, marks: false };
    if (moving) wake();
  }

  function advance(seconds: number): void {
    field.step(seconds, links.perMark.value);
    smoke.step(seconds);
  }

  function paintGroundCanvas(): void {
    if (!marks) return;
    const context = groundCanvas.value?.getContext('2d', {
      alpha: false,
      willReadFrequently: marks.showsGround,
    });
    if (!context) return;
    painted = links.picture();
    paintGround(context, painted, surface.view, pixelScale(), colourOf);
    marks.setGround(context);
  }

  function resize(): void {
    const { width, height } = surface.size;
    const scale = pixelScale();
    const canvas = groundCanvas.value;
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas && (canvas.width !== across || canvas.height !== down)) {
      canvas.width = across;
      canvas.height = down;
      marks?.resize(width, height, scale);
    }
    touch('both');
  }

  function refresh(): void {
    marks?.setSprites((scale, x, y) => drawSpriteSheet(scale, x, y, colourOf));
    touch('both');
  }

  function takeFlows(): void {
    if (run.frame?.restarted) field.clear();
    field.setLinks(links.items.value);
    if (reduced.value) field.freeze(links.perMark.value);
    touch('marks');
  }

  function open(canvas: HTMLCanvasElement): void {
    marks = (isWebglLost ? null : createWebglMarks(canvas)) ?? createPixelMarks(canvas);
    marks.resize(surface.size.width, surface.size.height, pixelScale());
    showsGround.value = marks.showsGround;
    opened = new AbortController();
    canvas.addEventListener('webglcontextlost', onContextLost, { signal: opened.signal });
    resize();
    refresh();
  }

  function onContextLost(): void {
    isWebglLost = true;
    options.onLost();
  }

  function close(): void {
    opened?.abort();
    marks?.dispose();
    marks = null;
  }

  surface.onChange(resize);
  links.onChange(() => {
    if (!painted || !looksSame(painted, links.picture())) touch('links');
  });
  watch(links.items, takeFlows);
  watch(reduced, () => {
    field.clear();
    takeFlows();
  });
  watch([() => run.speed, () => run.snapshot?.phase], wake);
  watch(markCanvas, (canvas) => {
    close();
    if (canvas) open(canvas);
  });
  onMounted(() => {
    resize();
    takeFlows();
  });
  onBeforeUnmount(() => {
    cancelAnimationFrame(request);
    close();
  });

  return {
    /** True when the marks' canvas shows the ground too. */
    showsGround,
    /** Marks alive now. */
    get markCount() {
      return field.count;
    },
  };
}
