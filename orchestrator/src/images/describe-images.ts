import { join } from 'node:path';
import { IMAGES, type ImageName, type ImageTags, LABELS, OURS } from '../sandbox/desired.ts';
import { type Architecture, architectureOf } from './architecture.ts';
import { type ContextFile, contentHash, folderFiles } from './build-context.ts';
import { bundle, LOAD, SERVICE } from './bundle.ts';
import { nodeProgram } from './node-program.ts';
import { PLACES, type Places } from './places.ts';
import { type Part, RECIPES } from './recipes.ts';
import { readVersions, type Versions } from './versions.ts';

/** An image as this checkout makes it. Its tag ends with a hash of all that it is made of. */
export interface ImageDescription {
  readonly image: ImageName;
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly files: readonly ContextFile[];
}

/** Raised when the way of building changes the images without changing their files. */
const BUILDER = 'builder 1';
const TAG_DIGITS = 12;

/** The images of this checkout; nothing is built. Throws when a program of ours cannot be bundled. */
export async function describeImages(
  names: readonly ImageName[] = IMAGES,
  places: Places = PLACES,
): Promise<readonly ImageDescription[]> {
  const versions = await readVersions(places);
  const architecture = architectureOf();
  return Promise.all(names.map((image) => describe(image, places, versions, architecture)));
}

/** The tags by image. */
export function tagsOf(descriptions: readonly ImageDescription[]): ImageTags {
  return Object.fromEntries(descriptions.map(({ image, tag }) => [image, tag])) as ImageTags;
}

async function describe(
  image: ImageName,
  places: Places,
  versions: Versions,
  architecture: Architecture,
): Promise<ImageDescription> {
  const recipe = RECIPES[image];
  const parts: readonly Part[] = recipe.parts;
  const source = `sandbox-images/${image}`;
  const files = [
    ...(await folderFiles(join(places.root, source))),
    ...(await folderFiles(join(places.root, 'sandbox-images/shared'), 'shared/')),
    ...(
      await Promise.all(parts.map((part) => partFiles(part, places, versions, architecture)))
    ).flat(),
  ];
  const facts = [BUILDER, architecture, versions.base.image, recipe.version(versions)];
  const content = contentHash(files, facts);
  return {
    image,
    tag: `project-devops/${image}:${content.slice(0, TAG_DIGITS)}`,
    labels: {
      ...OURS,
      [LABELS.content]: content,
      'org.opencontainers.image.title': recipe.title,
      'org.opencontainers.image.source': source,
      'org.opencontainers.image.version': recipe.version(versions),
      'org.opencontainers.image.licenses': recipe.licenses,
    },
    files,
  };
}

async function partFiles(
  part: Part,
  places: Places,
  { node }: Versions,
  architecture: Architecture,
): Promise<readonly ContextFile[]> {
  switch (part) {
    case 'node':
      return [
        {
          path: 'node',
          identity: `node ${node} linux-${architecture}`,
          location: nodeProgram(places, node, architecture),
        },
      ];
    case 'service-program':
      return [{ path: 'service.mjs', bytes: await bundle(SERVICE, places) }];
    case 'load-program':
      return [{ path: 'load.js', bytes: await bundle(LOAD, places) }];
    case 'k6':
      // Comes in by an image of its own; the recipe's version stands for it.
      return [];
  }
}
