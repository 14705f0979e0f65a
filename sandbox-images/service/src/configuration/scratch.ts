import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder through which the image's program `configure` and this process talk: `pid` is this process,
 * `configuration.json` what should be in force, `verdict` what came of the last SIGHUP (`ok` or the reason).
 */
export interface Scratch {
  tellPid(pid: number): void;
  /** The wanted configuration's text. Throws when there is none. */
  wanted(): string;
  tellVerdict(verdict: string): void;
}

export function openScratch(folder: string): Scratch {
  const path = (name: string): string => join(folder, name);
  const replace = (name: string, text: string): void => {
    writeFileSync(path(`${name}.part`), text);
    renameSync(path(`${name}.part`), path(name));
  };
  return {
    tellPid: (pid) => replace('pid', String(pid)),
    wanted: () => readFileSync(path('configuration.json'), 'utf8'),
    tellVerdict: (verdict) => replace('verdict', verdict),
  };
}
