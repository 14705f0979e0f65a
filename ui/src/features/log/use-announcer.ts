import type { SimulationEvent } from '@project-devops/simulation/protocol';
import { onScopeDispose, type Ref, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { eventSentence } from '../../narration/event-sentence.ts';
import { useWords } from '../../narration/use-words.ts';
import { ANNOUNCE_EVERY_MS, announcement } from './announcements.ts';

/** The text of a polite live region that tells of new events, the first at once, the rest in portions. */
export function useAnnouncer(events: Readonly<Ref<readonly SimulationEvent[]>>): Ref<string> {
  const { t } = useI18n({ useScope: 'global' });
  const words = useWords();
  const spoken = ref('');
  let waiting: string[] = [];
  let lastSeq = events.value.at(-1)?.seq ?? -1;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function speak(): void {
    timer = undefined;
    if (waiting.length === 0) return;
    spoken.value = announcement(waiting, (count, latest) =>
      t('log.announcement', { count, latest }),
    );
    waiting = [];
    timer = setTimeout(speak, ANNOUNCE_EVERY_MS);
  }

  watch(events, (now) => {
    const fresh = now.filter(({ seq }) => seq > lastSeq);
    const newest = now.at(-1)?.seq ?? -1;
    const wentOn = newest >= lastSeq;
    lastSeq = newest;
    if (!wentOn || fresh.length === 0) return;
    waiting.push(...fresh.map((event) => eventSentence(event, words.value)));
    if (timer === undefined) speak();
  });
  onScopeDispose(() => clearTimeout(timer));
  return spoken;
}
