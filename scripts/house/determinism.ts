import ts from 'typescript';
import { nodesOf, parse, type SourceFile, type Violation, violation } from './source.ts';

/** `Math` functions and constants that the language fixes to the last bit. */
const EXACT = new Set([
  'abs',
  'floor',
  'ceil',
  'round',
  'trunc',
  'min',
  'max',
  'sqrt',
  'imul',
  'fround',
  'clz32',
  'sign',
  'E',
  'LN2',
  'LN10',
  'LOG2E',
  'LOG10E',
  'PI',
  'SQRT2',
  'SQRT1_2',
]);

/** Globals that bring in time, chance, the machine or its language. */
const BANNED_GLOBALS = new Set([
  'Date',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'Promise',
  'Intl',
  'process',
  'globalThis',
  'self',
  'window',
  'navigator',
  'eval',
  'Function',
  'WeakRef',
  'FinalizationRegistry',
]);

/** Methods whose result depends on the machine's language. */
const BANNED_METHODS = new Set([
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toLocaleUpperCase',
  'toLocaleLowerCase',
  'localeCompare',
]);

/** What in a file of the simulation could give another result on another engine, machine or day. */
export function nondeterminism(file: SourceFile): Violation[] {
  const tree = parse(file);
  const found: Violation[] = [];
  for (const node of nodesOf(tree)) {
    const reason = reasonAgainst(node);
    if (reason !== null) found.push(violation(tree, node, reason));
  }
  return found;
}

function reasonAgainst(node: ts.Node): string | null {
  if (ts.isIdentifier(node)) return reasonAgainstName(node);
  if (ts.isStringLiteral(node) && isKey(node) && BANNED_METHODS.has(node.text)) {
    return `${node.text} depends on the machine's language`;
  }
  if (
    node.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken
  ) {
    return '** differs between engines: use kernel/det-math.ts';
  }
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) {
    return 'the simulation is synchronous: its order is the event queue';
  }
  return null;
}

function isKey(node: ts.Node): boolean {
  return ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node;
}

function reasonAgainstName(node: ts.Identifier): string | null {
  if (BANNED_METHODS.has(node.text)) return `${node.text} depends on the machine's language`;
  if (isNameOfMember(node)) return null;
  if (node.text === 'Math') return reasonAgainstMath(node);
  if (BANNED_GLOBALS.has(node.text)) {
    return `${node.text} is not deterministic: take time from the clock and chance from a named stream`;
  }
  return null;
}

function reasonAgainstMath(node: ts.Identifier): string | null {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) {
    return 'Math is used by name only, as Math.floor(x)';
  }
  const name = parent.name.text;
  if (EXACT.has(name)) return null;
  return `Math.${name} differs between engines or runs: use kernel/det-math.ts or a named stream`;
}

/** The `name` of `x.name`, `{ name: … }` and the like: not the global of that name. */
function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node) ||
    (ts.isPropertyDeclaration(parent) && parent.name === node) ||
    (ts.isMethodSignature(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node)
  );
}
