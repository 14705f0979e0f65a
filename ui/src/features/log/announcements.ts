/** A screen reader is told of the log at most this often. */
export const ANNOUNCE_EVERY_MS = 5_000;
const AT_MOST = 2;

/** What is read out of the sentences that came since the last time: all of a few, else how many and the latest. */
export function announcement(
  sentences: readonly string[],
  many: (count: number, latest: string) => string,
): string {
  const latest = sentences.at(-1);
  if (latest === undefined) return '';
  return sentences.length <= AT_MOST ? sentences.join(' ') : many(sentences.length, latest);
}
