import { posix } from 'node:path';
import ts from 'typescript';
import { ENTRIES, ROOMS, type Room, WORKSPACES } from './rooms.ts';
import { nodesOf, parse, type SourceFile, type Violation, violation } from './source.ts';

interface Import {
  readonly node: ts.Node;
  readonly specifier: string;
}

/** The imports of a file that the rooms' table does not allow. */
export function forbiddenImports(file: SourceFile): Violation[] {
  const tree = parse(file);
  const place = placeOf(file.path);
  if (place === undefined) {
    return [violation(tree, tree, 'is in no room: give it one in scripts/house/rooms.ts')];
  }
  return importsOf(tree).flatMap(({ node, specifier }) => {
    const reason = refusal(place, specifier);
    return reason === null ? [] : [violation(tree, node, reason)];
  });
}

interface Place {
  readonly path: string;
  readonly room: Room;
  /** The part of a divided room, else undefined. */
  readonly part: string | undefined;
}

function placeOf(path: string): Place | undefined {
  const room = ROOMS.find(({ files }) => files.test(path));
  return room && { path, room, part: room.files.exec(path)?.groups?.part };
}

/** Static, dynamic, re-exported and type imports, and the modules of `new Worker(new URL(…, import.meta.url))`. */
function importsOf(tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(tree)) {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push({ node, specifier });
  }
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literal(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return literal(node.argument.literal);
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0]) ?? '(computed)';
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Worker') {
    const [url] = node.arguments ?? [];
    return url !== undefined && ts.isNewExpression(url) ? literal(url.arguments?.[0]) : undefined;
  }
  return undefined;
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function refusal(place: Place, specifier: string): string | null {
  if (specifier === '(computed)') return 'imports by a computed name: write the name out';
  if (specifier.startsWith('.')) return refusalOfPath(place, specifier);
  if (specifier.startsWith('@project-devops/')) return refusalOfEntry(place, specifier);
  const { name, packages } = place.room;
  if (packages === undefined || packages.some((allowed) => allowed.test(specifier))) return null;
  return `${name} may not import the package ${specifier}`;
}

function refusalOfEntry({ path, room }: Place, specifier: string): string | null {
  const entry = ENTRIES[specifier];
  if (entry === undefined) {
    return `imports ${specifier}, which is no public entry: these are ${Object.keys(ENTRIES).join(', ')}`;
  }
  if (workspaceOf(path) === entry.workspace) {
    return `imports its own workspace as ${specifier}: use the relative path`;
  }
  return room.rooms.includes(entry.room) ? null : `${room.name} may not import ${specifier}`;
}

function refusalOfPath(place: Place, specifier: string): string | null {
  const path = posix.join(posix.dirname(place.path), specifier.replace(/\?.*$/, ''));
  if (path.endsWith('.json') || path.endsWith('.css')) return null;
  if (workspaceOf(path) !== workspaceOf(place.path)) {
    return `imports ${path} by path: another workspace is imported by its package name`;
  }
  const target = placeOf(path);
  if (target === undefined) return `imports ${path}, which is in no room`;
  const own = target.room === place.room && target.part === place.part;
  if (own || place.room.rooms.includes(target.room.name)) return null;
  return `${place.room.name} may not import ${target.room.name} (${path})`;
}

function workspaceOf(path: string): string {
  const [folder = ''] = path.split('/');
  return WORKSPACES.includes(folder) ? folder : '';
}
