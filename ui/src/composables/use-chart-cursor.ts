import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** The instant that all charts point at, in seconds of play; null when nothing is pointed at. */
export const useChartCursor = defineStore('chart-cursor', () => {
  const atSeconds = shallowRef<number | null>(null);
  return { atSeconds };
});
