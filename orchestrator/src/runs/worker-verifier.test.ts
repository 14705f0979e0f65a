import { describe, expect, it } from 'vitest';
import { testRun } from '../testing/fixtures.ts';
import { createWorkerVerifier, type WorkerVerifierOptions } from './worker-verifier.ts';

const VERIFIED = { state: 'verified', outcome: null };
const LIMITS = { budgetMs: 5_000, maxHeapMiB: 64, maxWaiting: 8 };

/** A verifier whose thread runs the given program instead of the engine. */
function verifierOf(body: string, limits: Partial<WorkerVerifierOptions> = {}) {
  const text = `import { parentPort, workerData as run } from 'node:worker_threads'; ${body}`;
  const program = new URL(`data:text/javascript,${encodeURIComponent(text)}`);
  return createWorkerVerifier({ ...LIMITS, ...limits, program });
}

const ANSWER = `parentPort.postMessage(${JSON.stringify(VERIFIED)});`;

describe('the worker verifier', () => {
  it('gives the run to its thread and returns the verdict', async () => {
    const verifier = verifierOf(
      'parentPort.postMessage({ state: "refused", detail: "seed " + run.seed });',
    );
    expect(await verifier.verify(testRun({ seed: 7 }))).toMatchObject({ detail: 'seed 7' });
    await verifier.close();
  });

  it('ends a thread that uses up its time, and leaves this one free meanwhile', async () => {
    const verifier = verifierOf('for (;;);', { budgetMs: 300 });
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 10);
    expect(await verifier.verify(testRun())).toMatchObject({
      state: 'refused',
      code: 'run-over-budget',
      detail: expect.stringContaining('more than 0.3 seconds'),
    });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
    await verifier.close();
  });

  it('ends a thread that uses up its memory', async () => {
    const verifier = verifierOf('const kept = []; for (;;) kept.push(new Array(1e5).fill({}));');
    expect(await verifier.verify(testRun())).toMatchObject({ code: 'run-over-budget' });
    await verifier.close();
  });

  it.each([
    ['throws', 'throw new Error("broken engine");', 'broken engine'],
    ['ends without a verdict', 'process.exit(3);', 'exit code 3'],
  ])('rejects when the thread %s, and goes on with the next run', async (_how, body, message) => {
    const verifier = verifierOf(`if (run.seed === 1) { ${body} } ${ANSWER}`);
    await expect(verifier.verify(testRun({ seed: 1 }))).rejects.toThrow(message);
    expect(await verifier.verify(testRun({ seed: 2 }))).toEqual(VERIFIED);
    await verifier.close();
  });

  it('verifies one run at a time and refuses those for which there is no room', async () => {
    const verifier = verifierOf(`setTimeout(() => { ${ANSWER} }, 100);`, { maxWaiting: 1 });
    const verdicts = await Promise.all([1, 2, 3].map((seed) => verifier.verify(testRun({ seed }))));
    expect(verdicts).toEqual([
      VERIFIED,
      VERIFIED,
      expect.objectContaining({ code: 'verifier-busy' }),
    ]);
    expect(await verifier.verify(testRun())).toEqual(VERIFIED);
    await verifier.close();
  });

  it('stops its thread when it is closed, and takes no more', async () => {
    const verifier = verifierOf('setInterval(() => {}, 1_000);');
    const verdict = verifier.verify(testRun());
    const outcome = expect(verdict).rejects.toThrow('ended without a verdict');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await verifier.close();
    await outcome;
    expect(await verifier.verify(testRun())).toMatchObject({ code: 'verifier-busy' });
  });
});
