const parts = new Set<() => Promise<unknown>>();

/** A part of the page that only real mode shows: loaded when it is first needed, or with all the others. */
export function lazyPart<T>(load: () => Promise<T>): () => Promise<T> {
  parts.add(load);
  return load;
}

/**
 * Loads every part. Containers that start change the machine's network interfaces, and browsers then
 * break off what they are loading: so all must be there before the first container.
 */
export async function loadAllParts(): Promise<void> {
  await Promise.all([...parts].map((load) => load()));
}
