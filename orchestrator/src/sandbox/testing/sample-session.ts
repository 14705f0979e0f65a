import type { ContainerView } from '@project-devops/simulation/protocol';
import type { SandboxError } from '../../real/sandbox.ts';
import { createInMemoryRuntime } from '../../runtimes/in-memory.ts';
import type { SimulatedImage } from '../../runtimes/in-memory-container.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { AppliedConfigurations } from '../applied.ts';
import { apply } from '../apply.ts';
import type { DesiredState } from '../desired.ts';
import { observe } from '../observe.ts';
import { reconcile } from '../reconcile.ts';

/** A session on the in-memory engine. Images behave as `images` says by their names; all others are healthy soon. */
export function sampleSession(images: Record<string, SimulatedImage> = {}) {
  const clock = createFakeClock();
  const runtime = createInMemoryRuntime({
    clock,
    image: (tag) => images[tag.replace(/^.*\/|:.*$/g, '')] ?? { healthyAfterMs: 200 },
  });
  const applied = new AppliedConfigurations();
  const abort = new AbortController();
  const seen: (readonly ContainerView[])[] = [];

  /** What is left to be done. */
  const left = async (desired: DesiredState) =>
    reconcile(desired, await observe(runtime, desired.session, applied));

  /** Sets out for there; resolves with the error or null, when the clock is moved. */
  async function start(desired: DesiredState): Promise<SandboxError | null> {
    const onProgress = (views: readonly ContainerView[]) => seen.push(views);
    const { signal } = abort;
    const actions = await left(desired);
    return apply(actions, { runtime, clock, desired, applied, signal, onProgress }).then(
      () => null,
      (error) => error,
    );
  }

  async function bring(desired: DesiredState): Promise<SandboxError | null> {
    const end = start(desired);
    await clock.run(120_000);
    return await end;
  }

  const last = () => new Map((seen.at(-1) ?? []).map((view) => [view.node, view]));
  return { clock, runtime, applied, abort, seen, left, start, bring, last };
}
