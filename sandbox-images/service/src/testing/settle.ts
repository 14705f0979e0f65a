import { setImmediate } from 'node:timers/promises';

/** Lets everything run that waits for nothing from outside. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}
