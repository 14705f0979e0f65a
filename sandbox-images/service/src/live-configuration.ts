import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@project-devops/simulation/protocol';
import type { Static, TSchema } from 'typebox';

/** Where the image's `configure` leaves a new configuration and looks for the verdict. */
const FOLDER = '/run/devops';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration of the variable CONFIGURATION, and each later one that a SIGHUP announces. `adopt` is
 * given every later one and throws when it cannot be put in force; the one before stays then. Throws for a bad first one.
 */
export function followConfiguration<T extends TSchema>(
  schema: T,
  environment: Environment,
  adopt: (next: Static<T>) => void,
): Static<T> {
  const folder = environment.DEVOPS_RUN_DIR ?? FOLDER;
  const first = readConfiguration(schema, environment.CONFIGURATION ?? '');
  writeFileSync(join(folder, 'pid'), String(process.pid));
  process.on('SIGHUP', () => tellVerdict(folder, () => adopt(readFile(schema, folder))));
  return first;
}

function readFile<T extends TSchema>(schema: T, folder: string): Static<T> {
  return readConfiguration(schema, readFileSync(join(folder, 'configuration.json'), 'utf8'));
}

/** Throws an error that names the first fault. */
export function readConfiguration<T extends TSchema>(schema: T, text: string): Static<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('CONFIGURATION should be JSON.');
  }
  const parsed = parse(schema, value);
  if (parsed.ok) return value as Static<T>;
  const [fault] = parsed.problems;
  throw new Error(
    `CONFIGURATION ${fault?.path ?? ''}: expected ${fault?.expected ?? 'another value'}.`,
  );
}

function tellVerdict(folder: string, act: () => void): void {
  let verdict = 'ok';
  try {
    act();
  } catch (error) {
    verdict = (error as Error).message;
  }
  const file = join(folder, 'verdict');
  writeFileSync(`${file}.new`, verdict);
  renameSync(`${file}.new`, file);
}
