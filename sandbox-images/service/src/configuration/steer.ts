import type { TSchema } from 'typebox';
import { reload } from './reload.ts';
import { openScratch } from './scratch.ts';

/** How a running process is steered from outside. */
export interface Steered<T> {
  readonly scratchFolder: string;
  readonly schema: TSchema;
  apply(configuration: T): void;
  /** Ends what runs; resolves when nothing is left to do. */
  stop(): Promise<void>;
}

/** What is not done after this time is broken off. */
const STOP_PATIENCE_MS = 5_000;

/** SIGHUP puts the wanted configuration in force, SIGTERM and SIGINT end the process within five seconds. */
export function steer<T>({ scratchFolder, schema, apply, stop }: Steered<T>): void {
  const scratch = openScratch(scratchFolder);
  process.on('SIGHUP', () => reload<T>(scratch, schema, apply));
  const end = (): void => {
    setTimeout(() => process.exit(0), STOP_PATIENCE_MS).unref();
    void stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  scratch.tellPid(process.pid);
}
