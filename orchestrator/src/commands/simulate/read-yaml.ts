import type { Parsed } from '@project-devops/simulation/protocol';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';

/** Anchors and aliases of a file together: each alias is looked for among all of them. */
const MAX_NAMES = 5_000;
const STACK_OVERFLOW = 'Maximum call stack size exceeded';

const OPTIONS = {
  schema: 'core',
  version: '1.2',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** The first fault of a document: where in the text, and what it is. */
interface Fault {
  readonly offset: number;
  readonly reason: string;
}

/**
 * Reads one YAML document that may be hostile: names that grow without end are refused, and whatever the text
 * is, the time is in proportion to its length. `yaml` compares each key with all others of its map and shows
 * each fault in its line, so both are done here, for the first fault alone.
 */
export function readYaml(text: string): Parsed<unknown> {
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, { ...OPTIONS, lineCounter: lines });
    const [document, another] = Array.isArray(documents) ? documents : [];
    if (document === undefined) return refused('a file that is not empty');
    const fault = faultOf(document);
    if (fault !== null) return unreadable(`${fault.reason} at ${placeOf(fault.offset, lines)}`);
    if (another !== undefined) return refused('one YAML document, not several');
    return { ok: true, value: document.toJS({ maxAliasCount: MAX_NAMES }) as unknown };
  } catch (error) {
    return unreadable((error as Error).message);
  }
}

/** A problem of the whole file; the reader's first line says what and where, and tells too great a depth as its own stack's. */
export function unreadable(reason: string): Parsed<never> {
  if (reason.startsWith(STACK_OVERFLOW)) return refused('a file that is nested less deeply');
  const [line = ''] = reason.split('\n');
  return refused(`readable YAML or JSON (${line.slice(0, 200).replace(/:$/, '')})`);
}

/** A problem of the whole file. */
export function refused(expected: string): Parsed<never> {
  return { ok: false, problems: [{ path: '', expected }] };
}

function faultOf(document: Document.Parsed): Fault | null {
  const [error] = document.errors;
  if (error !== undefined) return { offset: error.pos[0], reason: error.message };
  let names = 0;
  let fault: Fault | null = null;
  visit(document, (_, node) => {
    if (isMap(node)) fault = repeatedKey(node);
    if (isAlias(node) || (isNode(node) && node.anchor !== undefined)) names++;
    if (names > MAX_NAMES) {
      fault = { offset: startOf(node), reason: `More than ${MAX_NAMES} anchors and aliases` };
    }
    return fault === null ? undefined : visit.BREAK;
  });
  return fault;
}

/** A key that its map has before, in the form that it has as a name. */
function repeatedKey({ items }: YAMLMap): Fault | null {
  const seen = new Set<string>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (seen.has(name)) return { offset: startOf(key), reason: 'Map keys must be unique' };
    seen.add(name);
  }
  return null;
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function placeOf(offset: number, lines: LineCounter): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}
