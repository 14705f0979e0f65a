import type { Problem } from '@project-devops/simulation/protocol';

/** Longest text of a file that is repeated. */
const MAX_SHOWN = 60;

/** What stands at a place of a file. */
interface Place {
  /** The listed node, link, fault or event that the place belongs to, by what it calls itself; null outside of any. */
  readonly owner: string | null;
  /** Undefined when nothing is there. */
  readonly value: unknown;
}

/**
 * A file's problems, a line each, indented: the place and whose it is, what was expected there, and what
 * stands there instead when that is a single value. `content` is the file's, as it was read.
 */
export function problemLines(problems: readonly Problem[], content: unknown): string[] {
  return problems.map((problem) => `  ${problemLine(problem, content)}`);
}

function problemLine({ path, expected }: Problem, content: unknown): string {
  if (path === '') return `expected ${expected}`;
  const { owner, value } = placeAt(path, content);
  const whose = owner === null ? '' : ` (${owner})`;
  return `${path}${whose}: expected ${expected}${insteadOf(expected, value)}`;
}

function placeAt(path: string, content: unknown): Place {
  let owner: string | null = null;
  let value = content;
  for (const token of path.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const isListed = Array.isArray(value);
    value = memberOf(value, name);
    if (isListed) owner = nameOf(value) ?? owner;
  }
  return { owner, value };
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function nameOf(listed: unknown): string | null {
  const [id, from, to] = ['id', 'from', 'to'].map((name) => memberOf(listed, name));
  if (typeof id === 'string') return shortened(id);
  return typeof from === 'string' && typeof to === 'string' ? shortened(`${from} > ${to}`) : null;
}

/** Nothing where the name is at fault and not the value, or where the value has just been said. */
function insteadOf(expected: string, value: unknown): string {
  if (expected.startsWith('no entry')) return '';
  if (typeof value === 'string') {
    const isSaid = expected.split(/[^\w-]+/).includes(value);
    return isSaid ? '' : `; it is ${JSON.stringify(shortened(value))}`;
  }
  const isSingle = typeof value === 'number' || typeof value === 'boolean' || value === null;
  return isSingle ? `; it is ${value}` : '';
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
