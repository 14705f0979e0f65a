/** A document with one value in it replaced: at each level the step says which member, counted round. */
export function replaced(document: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof document !== 'object' || document === null) return by;
  const names = Object.keys(document);
  const name = names[step % Math.max(1, names.length)];
  if (name === undefined) return by;
  const child = replaced((document as Record<string, unknown>)[name], rest, by);
  if (Array.isArray(document))
    return document.map((item, i) => (i === Number(name) ? child : item));
  return { ...document, [name]: child };
}
