import { type Ref, watch } from 'vue';
import { useTheme } from '../../../composables/use-theme.ts';

/** Reads colour tokens of the theme in force for drawing on canvases; `onChange` follows a change of theme. */
export function useTokenColours(root: Readonly<Ref<HTMLElement | null>>, onChange: () => void) {
  const theme = useTheme();
  const known = new Map<string, string>();

  watch(
    theme,
    () => {
      known.clear();
      onChange();
    },
    { flush: 'post' },
  );

  return (token: string): string => {
    const cached = known.get(token);
    if (cached !== undefined) return cached;
    if (!root.value) return '';
    const colour = getComputedStyle(root.value).getPropertyValue(token).trim();
    known.set(token, colour);
    return colour;
  };
}
