import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '@project-devops/simulation/protocol';
import * as Type from 'typebox';
import type { Places } from './places.ts';

const version = Type.String({ pattern: '^[0-9][0-9A-Za-z.+~-]{0,40}$' });
const VersionsSchema = Type.Object({
  base: Type.Object({ image: Type.String(), suite: Type.String() }),
  node: version,
  k6: version,
  /** Versions that Debian's packages of this suite were seen to have; the suite decides. */
  packages: Type.Object({
    nginx: version,
    'postgresql-17': version,
    'redis-server': version,
    prometheus: version,
  }),
});
/** What the images are made of, as `sandbox-images/versions.json` says. */
export type Versions = Type.Static<typeof VersionsSchema>;

/** Throws for a file that is absent or is not as it should be. */
export async function readVersions({ root }: Places): Promise<Versions> {
  const path = join(root, 'sandbox-images', 'versions.json');
  const answer = parse<Versions>(VersionsSchema, JSON.parse(await readFile(path, 'utf8')));
  if (answer.ok) return answer.value;
  const [problem] = answer.problems;
  throw new Error(`${path}: ${problem?.path || 'the file'} should be ${problem?.expected}.`);
}
