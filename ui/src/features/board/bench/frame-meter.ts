import { nextTick } from 'vue';

/** What a meter found in its time. */
export interface FrameFigures {
  readonly framesPerSecond: number;
  readonly medianScriptMs: number;
  readonly p95ScriptMs: number;
  readonly longestScriptMs: number;
}

/** Measures frames and the script in each: animation callbacks, and what a snapshot sets off. */
export function createFrameMeter() {
  const request = window.requestAnimationFrame.bind(window);
  let scriptMs = 0;

  window.requestAnimationFrame = (callback) =>
    request((nowMs) => {
      const startMs = performance.now();
      callback(nowMs);
      scriptMs += performance.now() - startMs;
    });

  /** To be called when a snapshot arrives: counts until Vue has brought the page up to date. */
  async function aroundFlush(): Promise<void> {
    const startMs = performance.now();
    await nextTick();
    scriptMs += performance.now() - startMs;
  }

  function measure(forMs: number): Promise<FrameFigures> {
    const scripts: number[] = [];
    const startMs = performance.now();
    return new Promise((done) => {
      const tick = (): void => {
        scripts.push(scriptMs);
        scriptMs = 0;
        const elapsedMs = performance.now() - startMs;
        if (elapsedMs < forMs) request(tick);
        else done(figuresOf(scripts, elapsedMs));
      };
      scriptMs = 0;
      request(tick);
    });
  }

  return { aroundFlush, measure };
}

function figuresOf(scripts: readonly number[], elapsedMs: number): FrameFigures {
  const sorted = scripts.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    framesPerSecond: (scripts.length * 1000) / elapsedMs,
    medianScriptMs: at(0.5),
    p95ScriptMs: at(0.95),
    longestScriptMs: at(1),
  };
}
