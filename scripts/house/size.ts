import type { SourceFile } from './source.ts';

const MAX_LINES = 300;
const MAX_COMPONENT_LINES = 150;

/** How many lines a file is longer than HOUSE.md allows; 0 when it fits. */
export function linesTooMany({ path, text }: SourceFile): number {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return Math.max(0, lines - (path.endsWith('.vue') ? MAX_COMPONENT_LINES : MAX_LINES));
}
