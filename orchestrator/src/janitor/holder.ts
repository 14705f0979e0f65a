import { readFile } from 'node:fs/promises';
import { parse } from '@project-devops/simulation/protocol';
import * as Type from 'typebox';

/** Who holds a session. */
const HolderSchema = Type.Object({
  session: Type.String(),
  pid: Type.Integer({ minimum: 1 }),
  host: Type.String(),
  /** Unix ms. */
  startedAt: Type.Number(),
  /** Where its owner's page is. */
  address: Type.String(),
  /** Tells this heartbeat from an earlier one of the same session. */
  id: Type.String(),
});
export type Holder = Readonly<Type.Static<typeof HolderSchema>>;

/** Null when there is no such file or it cannot be read. */
export async function readHolder(path: string): Promise<Holder | null> {
  try {
    const parsed = parse<Holder>(HolderSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.ok ? parsed.value : null;
  } catch {
    return null;
  }
}
