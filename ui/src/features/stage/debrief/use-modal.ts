import { type Ref, watch } from 'vue';

/** Shows and hides a native modal dialog as `shown` says; `dismissed` is called when the player closes it. */
export function useModal(
  dialog: Readonly<Ref<HTMLDialogElement | null>>,
  shown: Readonly<Ref<boolean>>,
  dismissed: () => void,
) {
  watch(
    [dialog, shown],
    () => {
      if (!dialog.value || dialog.value.open === shown.value) return;
      if (shown.value) dialog.value.showModal();
      else dialog.value.close();
    },
    { flush: 'post', immediate: true },
  );
  return {
    onClose(): void {
      if (shown.value) dismissed();
    },
  };
}
