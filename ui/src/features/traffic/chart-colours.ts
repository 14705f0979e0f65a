/** The tokens a canvas needs, as the present theme has them. */
export interface ChartColours {
  readonly line: string;
  readonly strong: string;
  readonly ink: string;
  readonly faint: string;
  readonly good: string;
  readonly bad: string;
  readonly read: string;
  readonly accent: string;
  readonly message: string;
  readonly font: string;
  readonly mono: string;
}

/** The colours of the theme that an element is in, as the canvas needs them. */
export function readChartColours(element: Element): ChartColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    line: token('--line'),
    strong: token('--ink'),
    ink: token('--ink-2'),
    faint: token('--ink-3'),
    good: token('--good'),
    bad: token('--bad'),
    read: token('--read'),
    accent: token('--accent'),
    message: token('--message'),
    font: token('--font'),
    mono: token('--mono'),
  };
}

type Fill = CanvasPattern | string;

/** A slanted hatch, so that errors are told from served requests without their colour; made anew only for another colour. */
export function createHatch(): (ctx: CanvasRenderingContext2D, colour: string) => Fill {
  let made: { readonly colour: string; readonly fill: Fill } | null = null;
  return (ctx, colour) => {
    if (made?.colour !== colour) made = { colour, fill: paintHatch(ctx, colour) };
    return made.fill;
  };
}

function paintHatch(ctx: CanvasRenderingContext2D, colour: string): Fill {
  const size = 6 * devicePixelRatio;
  const tile = document.createElement('canvas');
  tile.width = tile.height = size;
  const pen = tile.getContext('2d');
  if (!pen) return colour;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.6 * devicePixelRatio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  return ctx.createPattern(tile, 'repeat') ?? colour;
}
