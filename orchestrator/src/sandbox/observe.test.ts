import { describe, expect, it } from 'vitest';
import { LABELS } from './desired.ts';
import { observe } from './observe.ts';
import { plan } from './plan.ts';
import { samplePlan } from './testing/sample-plan.ts';
import { sampleSession } from './testing/sample-session.ts';

const desired = plan(samplePlan());

describe('observing', () => {
  it('finds what a session has, with the configurations that are known', async () => {
    const { bring, runtime, applied } = sampleSession();
    await bring(desired);
    const actual = await observe(runtime, 'sample', applied);
    expect(actual.networkExists).toBe(true);
    expect(actual.containers.map(({ node, configuration }) => [node, configuration])).toEqual(
      desired.containers.map(({ node, configuration }) => [node, configuration]),
    );
  });

  it('finds nothing of other sessions', async () => {
    const { bring, runtime, applied } = sampleSession();
    await bring(desired);
    expect(await observe(runtime, 'other', applied)).toEqual({
      networkExists: false,
      containers: [],
    });
  });

  it('knows a container without its label by its name, so that it is removed', async () => {
    const { bring, runtime, applied } = sampleSession();
    await bring(desired);
    const [one] = desired.containers;
    if (one === undefined) throw new Error('nothing planned');
    const { [LABELS.node]: _, ...labels } = one.spec.labels;
    await runtime.runContainer({ ...one.spec, name: 'stray', labels });
    const { containers } = await observe(runtime, 'sample', applied);
    expect(containers.map(({ node }) => node)).toContain('stray');
    expect(await bring(desired)).toBeNull();
    expect(() => runtime.container('stray')).toThrow();
  });
});
