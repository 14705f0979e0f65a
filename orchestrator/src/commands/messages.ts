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

/** Text that may come from elsewhere, without characters that would steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
