import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Profile, Provenance, Scenario } from '@project-devops/simulation/protocol';

/** What a scorecard must say about the run it compares. */
export interface ComparedRun {
  readonly scenario: Pick<Scenario, 'id'>;
  readonly seed: number;
  readonly ruleset: string;
  readonly profile: Profile;
  readonly scale: number;
  /** Versions by name: the engine of the containers, the images. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Puts together where a scorecard's figures come from. */
export function provenanceOf(run: ComparedRun, hardware = hardwareOf()): Provenance {
  return {
    scenario: run.scenario.id,
    seed: run.seed,
    ruleset: run.ruleset,
    profile: { name: run.profile.name, measuredOn: run.profile.measuredOn ?? null },
    scale: run.scale,
    versions: { node: process.versions.node, ...run.versions },
    hardware,
  };
}

/** The machine this program runs on. */
export function hardwareOf(): Provenance['hardware'] {
  return {
    cpu: (cpus()[0]?.model.trim() || process.arch).slice(0, 200),
    cores: availableParallelism(),
    memoryMiB: Math.floor(totalmem() / 1024 / 1024),
  };
}
