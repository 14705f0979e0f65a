import type { DoctorCheck } from '@project-devops/simulation/protocol';
import { gigabytes, missing, ok, remedy, warning } from './check.ts';
import type { Facts } from './facts.ts';

/** A Stage 1 session takes up to 600 MB; the rest is for k6 and what else the machine does. */
const SESSION_MIB = 600;
const FREE_MEMORY_MIB = 1_024;
/** Room for all images and what building them leaves meanwhile; afterwards only for logs and layers. */
const BUILDING_DISK_MIB = 3_072;
const RUNNING_DISK_MIB = 512;
const MIN_CORES = 2;

/** Load, measuring and the service share the cores; with one they are measured against each other. */
export function cores({ host, machine }: Facts): DoctorCheck {
  const id = 'cores';
  const count = host.ok ? host.value.cores : machine.cores;
  const found = `${count} ${count === 1 ? 'core' : 'cores'} for containers.`;
  if (count >= MIN_CORES) return ok(id, found);
  const text = `Measured figures suffer below ${MIN_CORES} cores: choose a smaller scale (1/2, 1/4).`;
  return warning(id, found, remedy(text));
}

/** Free memory where the engine runs; of a machine elsewhere only the whole is known. */
export function memory({ host, machine }: Facts): DoctorCheck {
  const id = 'memory';
  const isHere = machine.platform === 'linux' && machine.door.kind === 'socket';
  const [has, word] =
    isHere || !host.ok
      ? [machine.freeMemoryMiB, 'free']
      : [host.value.memoryMiB, 'in all where Docker runs'];
  const found = `${gigabytes(has)} of memory ${word}.`;
  if (has >= FREE_MEMORY_MIB) return ok(id, found);
  const need = `a session takes up to ${SESSION_MIB} MB, k6 and the images' builds some more`;
  const what = remedy(`Close other programs, or give Docker more memory: ${need}.`);
  return has >= SESSION_MIB ? warning(id, found, what) : missing(id, found, what);
}

/** Space where images are kept; null when the engine did not answer. */
export function disk({ host, missingImages }: Facts): DoctorCheck | null {
  if (!host.ok) return null;
  const id = 'disk';
  const free = host.value.diskFreeMiB;
  if (free === null) return ok(id, 'Docker runs elsewhere; its free disk space is not known here.');
  const builds = missingImages?.ok !== true || missingImages.value.length > 0;
  const needed = builds ? BUILDING_DISK_MIB : RUNNING_DISK_MIB;
  const purpose = builds ? 'building the images' : 'running';
  const found = `${gigabytes(free)} of disk free for images; ${purpose} takes ${gigabytes(needed)}.`;
  if (free >= needed) return ok(id, found);
  const text =
    'Make room; Docker can delete what no container uses (images of other projects too).';
  return missing(id, found, remedy(text, 'docker system prune'));
}
