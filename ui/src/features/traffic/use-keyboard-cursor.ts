import { computed, type Ref } from 'vue';
import { useChartCursor } from '../../composables/use-chart-cursor.ts';

const PAGE_SECONDS = 10;

/** Moves the charts' cursor by the keys of a slider, from the newest row back: one row a step. */
export function useKeyboardCursor(firstSeconds: Ref<number>, lastSeconds: Ref<number>) {
  const cursor = useChartCursor();
  const value = computed(() => cursor.atSeconds ?? lastSeconds.value);

  function target(key: string): number | null | undefined {
    switch (key) {
      case 'ArrowLeft':
        return cursor.atSeconds === null ? lastSeconds.value : value.value - 1;
      case 'ArrowRight':
        return value.value + 1;
      case 'PageDown':
        return value.value - PAGE_SECONDS;
      case 'PageUp':
        return value.value + PAGE_SECONDS;
      case 'Home':
        return firstSeconds.value;
      case 'End':
        return lastSeconds.value;
      case 'Escape':
        return null;
      default:
        return undefined;
    }
  }

  function onKeydown(event: KeyboardEvent): void {
    const next = target(event.key);
    if (next === undefined) return;
    event.preventDefault();
    cursor.atSeconds =
      next === null ? null : Math.max(firstSeconds.value, Math.min(lastSeconds.value, next));
  }

  return { value, onKeydown };
}
