import { onMounted, onScopeDispose, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDialogs } from '../../composables/use-dialogs.ts';
import { fromFragment } from './share-link.ts';
import type { Brought } from './use-open-file.ts';

/** Opens the file dialog for what comes to the page: a shared link in its address, a file dropped on it. */
export function useBrought() {
  const { t } = useI18n({ useScope: 'global' });
  const dialogs = useDialogs();
  const brought = shallowRef<Brought | null>(null);

  function show(next: Brought): void {
    brought.value = next;
    dialogs.show('open-file');
  }

  /** Reads the link once and takes it out of the address, so that a reload does not open it again. */
  async function readAddress(): Promise<void> {
    const unpacked = await fromFragment(location.hash);
    if (unpacked.kind === 'none') return;
    history.replaceState(null, '', location.pathname + location.search);
    if (unpacked.kind === 'text') {
      show({ kind: 'text', name: t('files.sharedRun'), text: unpacked.text });
    } else {
      const key = unpacked.reason === 'damaged' ? 'files.linkDamaged' : 'files.linkLimit';
      show({ kind: 'nothing', message: t(key) });
    }
  }

  const hasFiles = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') ?? false;

  function allowDrop(event: DragEvent): void {
    if (hasFiles(event)) event.preventDefault();
  }

  function drop(event: DragEvent): void {
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) show({ kind: 'file', file });
  }

  onMounted(readAddress);
  window.addEventListener('hashchange', readAddress);
  window.addEventListener('dragover', allowDrop);
  window.addEventListener('drop', drop);
  onScopeDispose(() => {
    window.removeEventListener('hashchange', readAddress);
    window.removeEventListener('dragover', allowDrop);
    window.removeEventListener('drop', drop);
  });

  return { brought };
}
