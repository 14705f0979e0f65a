/** The files beside a heartbeat: which janitor guards it, and what that one wrote. */
export function janitorFiles(heartbeat: string): { readonly pid: string; readonly log: string } {
  const stem = heartbeat.replace(/\.json$/, '');
  return { pid: `${stem}.janitor`, log: `${stem}.log` };
}
