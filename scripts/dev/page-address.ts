/**
 * The address at which the development server shows what the orchestrator would at its own: a token in it
 * is kept. Null when the text has no address.
 *
 * @param text what the orchestrator printed
 * @param page the development server's origin
 */
export function pageAddress(text: string, page: string): string | null {
  const printed = /https?:\/\/\S+/.exec(text)?.[0];
  if (printed === undefined) return null;
  const { search, hash } = new URL(printed);
  return `${page}/${search}${hash}`;
}
