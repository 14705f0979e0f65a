import type { Profile, Scenario, Topology } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { measureReality } from '../real/measure-reality.ts';
import type { Sandbox } from '../real/sandbox.ts';
import type { ProbeBench } from './calibrate.ts';

export interface SandboxBenchOptions {
  readonly sandbox: Sandbox;
  readonly stage: Pick<Scenario, 'classes' | 'data'>;
  readonly topology: Topology;
  readonly profile: Profile;
  readonly clock: Clock;
  /** Aborted when measuring is of no use any more. */
  readonly signal: AbortSignal;
  /** Throws when too little was measured. */
  check(measuredSeconds: number, wantedSeconds: number): void;
}

/** A bench whose topology runs in a sandbox, which goes away with it. */
export function sandboxBench(options: SandboxBenchOptions): ProbeBench {
  const { sandbox, stage, topology, profile, clock, signal, check } = options;
  return {
    cores: sandbox.service().cores,
    async offer({ load, mix, seconds }, onSecond) {
      const { classes, data } = stage;
      const { measured } = await measureReality(
        sandbox,
        {
          topology,
          classes,
          data,
          mix,
          load,
          profile,
          seed: 1,
          scale: 1,
          warmupSeconds: 0,
          seconds,
        },
        { clock, signal, onSecond: ({ startMs }) => onSecond(startMs / 1000) },
      );
      check(measured.length, seconds);
      return measured.flatMap(({ valid, rows }) => (valid ? [rows] : []));
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
