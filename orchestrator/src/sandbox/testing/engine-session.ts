import { randomUUID } from 'node:crypto';
import { systemClock } from '../../clock.ts';
import { ensureImages } from '../../images/ensure-images.ts';
import { createHeartbeat } from '../../janitor/heartbeat.ts';
import { removeSession } from '../../janitor/remove-session.ts';
import { createDockerRuntime } from '../../runtimes/docker.ts';
import { createDockerImageStore } from '../../runtimes/docker-images.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { AppliedConfigurations } from '../applied.ts';
import { apply } from '../apply.ts';
import { awaitHealthy } from '../await-healthy.ts';
import { desiredContainer, networkName, ownerLabels } from '../container.ts';
import { type ImageName, LABELS } from '../desired.ts';
import type { ContainerPlan } from '../kinds/node-plan.ts';
import { observe } from '../observe.ts';
import { plan } from '../plan.ts';
import type { PlanInput } from '../plan-input.ts';
import { reconcile } from '../reconcile.ts';
import { SAMPLE_IMAGES, samplePlan } from './sample-plan.ts';

const PLAIN: Omit<ContainerPlan, 'configuration'> = {
  ...{ image: 'nginx', rank: 0, arguments: [], fixed: '', environment: {}, dataMiB: null },
  ...{ minimumMemoryMiB: 64, pidsLimit: 32 },
};

/** A session on the real engine with a name of its own, of which nothing is left afterwards. */
export async function engineSession(names: readonly ImageName[]) {
  const session = `sandbox-${randomUUID().slice(0, 8)}`;
  const runtime = createDockerRuntime();
  const folder = temporaryDirectory();
  const heartbeat = await createHeartbeat({
    ...{ folder: folder.path, session, address: '', clock: systemClock },
  });
  const made = await ensureImages(createDockerImageStore(), () => undefined, { names });
  const images = { ...SAMPLE_IMAGES, ...made };
  const applied = new AppliedConfigurations();
  const owner = { session, images, heartbeat: heartbeat.path };

  /** Brings the session there. */
  async function bring(changes: Partial<PlanInput>): Promise<void> {
    const desired = plan(samplePlan({ ...owner, ...changes }));
    await apply(reconcile(desired, await observe(runtime, session, applied)), {
      ...{ runtime, clock: systemClock, desired, applied },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
  }

  /** Starts nginx beside the plan, which leaves it alone; answers its id and where its ports are. */
  async function startNginx(node: string, configuration: string) {
    const name = networkName(session);
    await runtime.createNetwork({ name, labels: ownerLabels(owner) });
    const limits = { cpuMillicores: 500, memoryMiB: 64 };
    const container = { ...PLAIN, configuration };
    const { spec } = desiredContainer(node, container, limits, owner, [8080, 9100]);
    const labels = { ...spec.labels, [LABELS.node]: `_k6-${node}` };
    const { id } = await runtime.runContainer({ ...spec, labels });
    const awaiting = { runtime, clock: systemClock, signal: new AbortController().signal };
    const state = await awaitHealthy({ node, id, timeoutMs: 30_000 }, awaiting);
    return { id, at: (port: number) => `http://127.0.0.1:${state?.published[port]}` };
  }

  return {
    ...{ runtime, applied, owner, bring, startNginx },
    async [Symbol.asyncDispose]() {
      await removeSession(runtime, session);
      await heartbeat[Symbol.asyncDispose]();
      await runtime[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}
export type EngineSession = Awaited<ReturnType<typeof engineSession>>;
