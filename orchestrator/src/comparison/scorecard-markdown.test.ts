import { expect, it } from 'vitest';
import { compare } from './compare.ts';
import { provenanceOf } from './provenance.ts';
import { SAMPLE_PROVENANCE, sampleMinute } from './sample-rows.ts';
import { scorecardMarkdown } from './scorecard-markdown.ts';

const minute = sampleMinute(() => ({}));
const measured = sampleMinute(() => ({ source: 'measured', served: 40 }));

it('tells grade, lines with units, and where the figures come from', () => {
  const text = scorecardMarkdown(compare(minute, measured, { provenance: SAMPLE_PROVENANCE }));
  expect(text).toContain(
    '**Grade: D.** D: throughput is predicted 25.0 % too high (C allows 12.0 %)',
  );
  expect(text).toContain(
    '| end to end | throughput | 50.0/s | 40.0/s | +25.0 % | +25.0 % | 25.0 % |',
  );
  expect(text).toContain('Simulated time 0 s to 60 s; 60 windows compared, 0 left out');
  expect(text).toContain('- Profile: workbench (2026-11-21T05:00:00Z)');
});

it('names the state of lines that have no error', () => {
  const text = scorecardMarkdown(compare(minute, [], { provenance: SAMPLE_PROVENANCE }));
  expect(text).toContain('**Grade: none.** Nothing to judge yet');
  expect(text).toContain('| end to end | throughput | 50.0/s | - | no data | - | - |');
});

it('lets no foreign text break out of its place', () => {
  const provenance = {
    ...SAMPLE_PROVENANCE,
    hardware: { cpu: 'CPU |\n# title', cores: 2, memoryMiB: 1 },
  };
  const text = scorecardMarkdown(compare(minute, measured, { provenance }));
  expect(text).toContain('CPU \\| # title, 2 cores');
});

it('provenance holds the machine, versions and profile of the run', () => {
  const provenance = provenanceOf({
    scenario: { id: 'shop' },
    seed: 7,
    ruleset: 'r',
    profile: {
      format: 'project-devops/profile@1',
      name: 'game cloud',
      demands: {} as never,
      linkLatencyMs: 0,
      quotaPeriodMs: 100,
      hostCores: 2,
    },
    scale: 2,
    versions: { docker: '20.10.24' },
  });
  expect(provenance).toMatchObject({
    scenario: 'shop',
    profile: { name: 'game cloud', measuredOn: null },
    versions: { docker: '20.10.24', node: process.versions.node },
  });
  expect(provenance.hardware.cores).toBeGreaterThan(0);
});
