import { onBeforeUnmount, type Ref } from 'vue';
import { placeBeside } from './place-beside.ts';

const OPEN_AFTER_MS = 350;
const CLOSE_AFTER_MS = 120;

/** Closes the tip that is open; there is one at most. */
let closeOpenTip = () => {};

const isOpen = (tip: HTMLElement) => tip.matches(':popover-open');

/**
 * Opens and closes a tip that belongs to the first element inside `wrapper`: at once on focus, a
 * moment later under the pointer; the tip can be pointed at and is gone with Escape. Answers the
 * listeners for the wrapper.
 */
export function useHint(wrapper: Ref<HTMLElement | null>, tip: Ref<HTMLElement | null>) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    clearTimeout(timer);
    const anchor = wrapper.value?.firstElementChild;
    if (!anchor || !tip.value?.isConnected) return;
    if (!isOpen(tip.value)) {
      closeOpenTip();
      closeOpenTip = hide;
      tip.value.showPopover();
    }
    placeBeside(tip.value, anchor);
  }

  function hide(): void {
    clearTimeout(timer);
    if (tip.value && isOpen(tip.value)) tip.value.hidePopover();
  }

  function later(action: () => void, ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  }

  /** A mouse click leaves no tip behind, unless the control was refusing to be pressed. */
  function showOnFocus(event: FocusEvent): void {
    const control = event.target as Element;
    if (control.matches(':focus-visible, [aria-disabled="true"]')) show();
  }

  onBeforeUnmount(() => clearTimeout(timer));
  return {
    onMouseenter: () => later(show, OPEN_AFTER_MS),
    onMouseleave: () => later(hide, CLOSE_AFTER_MS),
    onFocusin: showOnFocus,
    onFocusout: hide,
    onKeydown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    },
  };
}
