import type { DoctorReport, Judge, Outlook } from '@project-devops/simulation/protocol';
import { computed, ref, shallowRef, watch } from 'vue';
import { lazyPart, loadAllParts } from '../../real-mode/lazy-parts.ts';
import { useOrchestrator } from '../../session/use-orchestrator.ts';
import { useReal } from '../../session/use-real.ts';
import { useRun } from '../../session/use-run.ts';

lazyPart(() => import('../../session/real-session.ts'));

/** CPU limits and load can be divided by these. */
export const SCALES = [1, 2, 4, 8] as const;

/** An answer of the server, or why there is none. */
export type Asked<T> =
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

async function settle<T>(answer: Promise<T>): Promise<Asked<T>> {
  try {
    return { state: 'known', value: await answer };
  } catch (error) {
    return { state: 'failed', message: (error as Error).message };
  }
}

/** What is asked, and chosen, before real mode is started. */
export function useStart() {
  const run = useRun();
  const real = useReal();
  const server = useOrchestrator();
  const scale = ref<number>(1);
  const judge = ref<Judge>(real.judge);
  const doctor = shallowRef<Asked<DoctorReport>>({ state: 'asking' });
  const outlook = shallowRef<Asked<Outlook>>({ state: 'asking' });

  async function examine(): Promise<void> {
    doctor.value = { state: 'asking' };
    const [report] = await Promise.all([settle(server.doctor()), settle(loadAllParts())]);
    doctor.value = report;
  }

  async function foresee(): Promise<void> {
    const { snapshot, info } = run;
    if (snapshot === null || info === null || !server.canSave) return;
    const asked = scale.value;
    const { classes, data } = info.scenario;
    const answer = await settle(
      server.outlook({ topology: snapshot.topology, classes, data, scale: asked }),
    );
    if (asked === scale.value) outlook.value = answer;
  }

  void examine();
  watch(scale, () => void foresee(), { immediate: true });

  const canStart = computed(
    () =>
      server.canSave &&
      outlook.value.state === 'known' &&
      outlook.value.value.scale === scale.value &&
      doctor.value.state === 'known' &&
      doctor.value.value.ready,
  );

  function start(): void {
    void real.start({ judge: judge.value, scale: scale.value });
  }

  return { scale, judge, doctor, outlook, canStart, examine, start };
}
