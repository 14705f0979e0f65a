/** Tells once when nothing has been heard for `ms`; stands still until it hears something, and after `stop`. */
export function createSilenceWatch(ms: number, tell: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    heard(): void {
      stop();
      timer = setTimeout(tell, ms);
    },
    stop,
  };
}
