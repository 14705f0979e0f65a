import { onBeforeUnmount, onMounted, type Ref, shallowRef, watch } from 'vue';

const RING = 'data-tutorial-ring';

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && element.checkVisibility();
}

/** Where a part is looked for: itself, then the tab behind which it is when the screen is narrow. */
function selectorsOf(name: string): string[] {
  const [part = name, id = ''] = name.split(':');
  const itself = `[data-tutorial="${CSS.escape(name)}"]`;
  const tab = `[data-tutorial="tab:${CSS.escape(part)}"]`;
  return part === 'node' ? [`[data-node="${CSS.escape(id)}"]`] : [itself, tab];
}

function findAnchor(name: string): Element | null {
  for (const selector of selectorsOf(name)) {
    const visible = [...document.querySelectorAll(selector)].find(isVisible);
    if (visible) return visible;
  }
  return null;
}

/**
 * Follows a part of the screen and rings it: the one with `data-tutorial="<name>"`, or for `node:<id>` the
 * map's node. Call `refresh`
 * whenever the screen may have changed: parts come and go.
 */
export function useAnchor(name: Readonly<Ref<string | null>>) {
  const element = shallowRef<Element | null>(null);

  function refresh(): void {
    const found = name.value === null ? null : findAnchor(name.value);
    if (found === element.value) return;
    element.value?.removeAttribute(RING);
    found?.setAttribute(RING, '');
    element.value = found;
  }

  watch(name, refresh, { flush: 'post' });
  onMounted(refresh);
  onBeforeUnmount(() => element.value?.removeAttribute(RING));
  return { element, refresh };
}
