import type { Problem } from '@project-devops/simulation/protocol';

/** Where messages go: standard error, or a test's list. */
export interface Terminal {
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** Takes away what stands on a terminal's present line. */
export const CLEAR_LINE = '\r\u001b[2K';

/** Writes each message on a line of its own. */
export function complain(
  lines: readonly string[],
  { terminal }: { readonly terminal: Terminal },
): void {
  for (const line of lines) terminal.write(`${printable(line)}\n`);
}

/** A file's problems, a line each, indented. */
export function problemLines(problems: readonly Problem[]): string[] {
  return problems.map(({ path, expected }) =>
    path === '' ? `  expected ${expected}` : `  ${path}: expected ${expected}`,
  );
}

/** Text that may come from elsewhere, without characters that would steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
