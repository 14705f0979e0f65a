import type { DoctorReport } from '@project-devops/simulation/protocol';
import { loadProfile } from '../calibration/profile-store.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import { type DoctorPorts, examine } from './examine.ts';
import { lookAtMachine } from './machine.ts';

export interface DoctorOptions extends Pick<DoctorPorts, 'missingImages'> {
  readonly runtime: Pick<ContainerRuntime, 'inspectHost'>;
  /** Where calibrations are kept. */
  readonly profileFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A doctor for the machine that this program runs on; each call of it looks anew. */
export function createDoctor(options: DoctorOptions): () => Promise<DoctorReport> {
  const { runtime, missingImages, profileFolder, environment } = options;
  return () =>
    examine({
      inspectHost: () => runtime.inspectHost(),
      missingImages,
      machine: () => lookAtMachine(environment),
      profile: () => loadProfile(profileFolder),
    });
}
