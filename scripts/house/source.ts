import ts from 'typescript';

/** One file of ours as the checks see it. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A rule that a file breaks, where, and what to do instead. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

/** The syntax tree of a TypeScript or JavaScript file, or of a component's scripts at their own lines. */
export function parse({ path, text }: SourceFile): ts.SourceFile {
  const code = path.endsWith('.vue') ? scriptsOnly(text) : text;
  return ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

function scriptsOnly(text: string): string {
  let code = '';
  for (const match of text.matchAll(SCRIPT)) {
    const start = match.index + match[0].indexOf('>') + 1;
    code += text.slice(code.length, start).replace(/[^\n]/g, ' ') + match[1];
  }
  return code;
}

/** A violation at the place of a node in its file; lines count from 1. */
export function violation(tree: ts.SourceFile, node: ts.Node, message: string): Violation {
  const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
  return { path: tree.fileName, line: line + 1, message };
}

/** Every node of the tree in the order of the text. */
export function nodesOf(tree: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return nodes;
}
