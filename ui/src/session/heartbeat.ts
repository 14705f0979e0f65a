const EVERY_MS = 3_000;
const MOST_MISSED = 4;

/**
 * Pings every few seconds and reports after several beats in a row without any sign of life.
 * Beats are counted, not time, so that a machine that slept or a hidden page does not raise it.
 */
export function createHeartbeat(ping: () => void, dead: () => void) {
  let missed = 0;
  const timer = setInterval(() => {
    if (missed >= MOST_MISSED) {
      clearInterval(timer);
      dead();
      return;
    }
    missed++;
    ping();
  }, EVERY_MS);
  return {
    heard(): void {
      missed = 0;
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
