const GAP_PX = 6;
const MARGIN_PX = 6;

/** Puts a fixed element above `anchor`, or below where there is no room, inside the window. */
export function placeBeside(box: HTMLElement, anchor: Element): void {
  const around = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const above = around.top - GAP_PX - height;
  const left = around.left + around.width / 2 - width / 2;
  const rightmost = document.documentElement.clientWidth - width - MARGIN_PX;
  box.style.top = `${above >= MARGIN_PX ? above : around.bottom + GAP_PX}px`;
  box.style.left = `${Math.max(MARGIN_PX, Math.min(left, rightmost))}px`;
}
