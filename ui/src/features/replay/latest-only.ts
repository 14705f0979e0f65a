/**
 * Wraps a slow action so that one call runs at a time and, of those asked for meanwhile, only the
 * newest follows. The promise ends once nothing is left to do; it rejects as the action does.
 */
export function latestOnly<T>(act: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting: { readonly value: T } | null = null;

  async function work(): Promise<void> {
    try {
      while (waiting !== null) {
        const { value } = waiting;
        waiting = null;
        await act(value);
      }
    } finally {
      running = null;
    }
  }

  return (value) => {
    waiting = { value };
    running ??= work();
    return running;
  };
}
