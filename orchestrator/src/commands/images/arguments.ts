import { IMAGES, type ImageName } from '../../sandbox/desired.ts';

export type ImagesOrder =
  | { readonly kind: 'build'; readonly names: readonly ImageName[] }
  | { readonly kind: 'help' }
  /** A sentence that says what is wrong and what is possible. */
  | { readonly kind: 'fault'; readonly fault: string };

export const USAGE = `Usage: npm run images [-- NAME…]

Makes the container images of real mode that this machine lacks (all, or those named:
${IMAGES.join(', ')}),
and removes those of older versions that nothing uses.
`;

/** Reads the command line without the program's own name. */
export function readImagesOrder(args: readonly string[]): ImagesOrder {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { kind: 'help' };
  const unknown = args.find((arg) => !IMAGES.some((image) => image === arg));
  if (unknown !== undefined) {
    const fault = `${JSON.stringify(unknown.slice(0, 80))} is no image; there are ${IMAGES.join(', ')}.`;
    return { kind: 'fault', fault };
  }
  const asked = IMAGES.filter((image) => args.includes(image));
  return { kind: 'build', names: asked.length === 0 ? IMAGES : asked };
}
