import { describe, expect, it } from 'vitest';
import { outlook } from './outlook.ts';
import { plan } from './plan.ts';
import { samplePlan } from './testing/sample-plan.ts';

describe('an outlook', () => {
  it('counts k6 and what watches among the containers', () => {
    expect(outlook(plan(samplePlan()), { cores: 2 }, 1, [])).toMatchObject({
      containers: 7,
      cpuMillicores: 4 * 250 + 200 + 100 + 500,
      memoryMiB: 128 + 256 + 128 + 128 + 96 + 256 + 256,
      overcommitted: false,
    });
  });

  it('warns when the limits exceed the machine, which a larger scale mends', () => {
    const of = (scale: number) => outlook(plan(samplePlan({ scale })), { cores: 1 }, scale, []);
    expect(of(1).overcommitted).toBe(true);
    expect(of(8).overcommitted).toBe(false);
  });

  it('passes on which images are missing', () => {
    const missing = [{ image: 'k6', expectedSeconds: 600 }];
    expect(outlook(plan(samplePlan()), { cores: 2 }, 1, missing).missingImages).toBe(missing);
  });
});
