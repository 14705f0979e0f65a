import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue';

/** The content width of an element in CSS pixels, kept up to date; `fallback` until it is mounted. */
export function useElementWidth(
  element: Readonly<Ref<HTMLElement | null>>,
  fallback: number,
): Readonly<Ref<number>> {
  const width = ref(fallback);
  const observer = new ResizeObserver(([entry]) => {
    if (entry && entry.contentRect.width > 0) width.value = entry.contentRect.width;
  });
  onMounted(() => {
    if (element.value) observer.observe(element.value);
  });
  onBeforeUnmount(() => observer.disconnect());
  return width;
}
