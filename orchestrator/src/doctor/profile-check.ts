import type { DoctorCheck, Profile } from '@project-devops/simulation/protocol';
import { ok, type Remedy, remedy, warning } from './check.ts';
import type { Facts } from './facts.ts';

const CALIBRATE = 'npm run calibrate';

/** Whether the prediction knows this machine; without a profile it runs, but predicts the game's cloud. */
export function profile({ profile: { profile: newest, faults }, machine }: Facts): DoctorCheck {
  const id = 'profile';
  const refused = faults.map((fault) => ` ${fault}`).join('');
  const calibrate = (why: string): Remedy => remedy(`${why}${refused}`, CALIBRATE);
  if (newest === null) {
    const found = 'This machine is not calibrated: predictions are for the game’s own cloud.';
    return warning(id, found, calibrate('Measure it once; it takes about four minutes.'));
  }
  const when = newest.measuredOn?.slice(0, 10) ?? 'an unknown date';
  const found = `Profile ${newest.name}, measured on ${when}.`;
  const other = otherHardware(newest, machine);
  if (other !== null) return warning(id, `${found} ${other}`, calibrate('Measure this machine.'));
  if (faults.length === 0) return ok(id, found);
  return warning(id, found, calibrate('A profile file was refused; measure anew or delete it.'));
}

function otherHardware({ measurement }: Profile, machine: Facts['machine']): string | null {
  const hardware = measurement?.hardware;
  if (hardware === undefined) return 'It does not say on which machine.';
  if (hardware.cpu === machine.cpu && hardware.cores === machine.cores) return null;
  return `That was on ${hardware.cores} cores of ${hardware.cpu}, not on this machine’s ${machine.cores} of ${machine.cpu}.`;
}
