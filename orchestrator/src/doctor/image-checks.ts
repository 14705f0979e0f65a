import type { DoctorCheck } from '@project-devops/simulation/protocol';
import { missing, ok, remedy, warning } from './check.ts';
import type { Facts, MachineFacts, MissingImage } from './facts.ts';

const BUILD = 'npm run images';

/** Whether the images are there; else what making them takes. Null when the engine did not answer. */
export function images({ missingImages, machine }: Facts): DoctorCheck | null {
  if (missingImages === null) return null;
  const id = 'images';
  if (!missingImages.ok) {
    const found = `The images cannot be listed: ${missingImages.error.message}`;
    return missing(id, found, remedy('See what Docker says.', 'docker images'));
  }
  const lacking = missingImages.value;
  if (lacking.length === 0) return ok(id, 'All images are there.');
  const names = lacking.map(({ image }) => image).join(', ');
  const found = `Images to be made first: ${names}; about ${duration(lacking)}, once.`;
  const text = ['The first start makes them; they can be made ahead.', ...needs(lacking, machine)];
  return warning(id, found, remedy(text.join(' '), BUILD));
}

/** What making the images needs and is not seen on this machine. */
function needs(lacking: readonly MissingImage[], { programs }: MachineFacts): string[] {
  const lacks = (name: string) => lacking.some(({ image }) => image === name);
  const base =
    programs.debootstrap || !lacks('base')
      ? []
      : [
          'The base is pulled from an image registry; where none can be reached, install debootstrap (sudo apt-get install debootstrap).',
        ];
  const k6 =
    programs.go || !lacks('k6')
      ? []
      : ['k6 is pulled from an image registry; where none can be reached, install Go.'];
  return [...base, ...k6];
}

function duration(lacking: readonly MissingImage[]): string {
  const seconds = lacking.reduce((sum, image) => sum + image.expectedSeconds, 0);
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} minutes`;
}
