import type { DoctorCheck, DoctorReport } from '@project-devops/simulation/protocol';
import { type HostFacts, RuntimeError } from '../runtimes/container-runtime.ts';
import { dockerReachable, dockerVersion, limits } from './engine-checks.ts';
import type { Asked, Facts, MachineFacts, MissingImage, ProfileFacts } from './facts.ts';
import { images } from './image-checks.ts';
import { cores, disk, memory } from './machine-checks.ts';
import { profile } from './profile-check.ts';

/** Where the doctor looks. */
export interface DoctorPorts {
  /** Rejects with a `RuntimeError` when the engine does not answer. */
  inspectHost(): Promise<HostFacts>;
  /** Images that would have to be made first; asked only when the engine answers. */
  missingImages(): Promise<readonly MissingImage[]>;
  machine(): Promise<MachineFacts>;
  profile(): Promise<ProfileFacts>;
}

/** In the order in which they are told. Null: cannot be said before others are mended. */
const CHECKS: readonly ((facts: Facts) => DoctorCheck | null)[] = [
  dockerReachable,
  dockerVersion,
  limits,
  cores,
  memory,
  disk,
  images,
  profile,
];

/** Looks at the machine and says what real mode lacks. Rejects only for errors that no `RuntimeError` tells. */
export async function examine(ports: DoctorPorts): Promise<DoctorReport> {
  const [host, machine, profileFacts] = await Promise.all([
    asked(() => ports.inspectHost()),
    ports.machine(),
    ports.profile(),
  ]);
  const missingImages = host.ok ? await asked(() => ports.missingImages()) : null;
  return judge({ host, missingImages, machine, profile: profileFacts });
}

/** The report for given facts. */
export function judge(facts: Facts): DoctorReport {
  const checks = CHECKS.flatMap((check) => check(facts) ?? []);
  return { ready: checks.every(({ status }) => status !== 'missing'), checks };
}

async function asked<T>(question: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, value: await question() };
  } catch (error) {
    if (error instanceof RuntimeError) return { ok: false, error };
    throw error;
  }
}
