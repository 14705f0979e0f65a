import { Worker } from 'node:worker_threads';
import type { Run } from '@project-devops/simulation/protocol';
import type { RunVerifier, Verdict } from './run-verifier.ts';

export interface WorkerVerifierOptions {
  /** Time a run may take, with the thread's start. */
  readonly budgetMs: number;
  /** Heap the thread may use. */
  readonly maxHeapMiB: number;
  /** Runs that may wait for their turn; more are refused as `verifier-busy`. */
  readonly maxWaiting: number;
  /** The program of the thread; another one in tests. */
  readonly program?: URL;
}

const PROGRAM = new URL('./verification-worker.ts', import.meta.url);

const BUSY: Verdict = {
  state: 'refused',
  code: 'verifier-busy',
  detail: 'Other runs are being verified. Save again in some seconds.',
  problems: [],
};

/** Plays one run at a time, each in a thread of its own, which is ended when its time or memory is used up. */
export function createWorkerVerifier(options: WorkerVerifierOptions): RunVerifier {
  const running = new Set<Worker>();
  let pending = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function takeTurn(run: Run): Promise<Verdict> {
    if (closed) return BUSY;
    const worker = new Worker(options.program ?? PROGRAM, {
      workerData: run,
      resourceLimits: { maxOldGenerationSizeMb: options.maxHeapMiB },
      execArgv: [],
      env: {},
    });
    running.add(worker);
    try {
      return await verdictOf(worker, options.budgetMs);
    } finally {
      running.delete(worker);
      await worker.terminate();
    }
  }

  return {
    async verify(run) {
      if (closed || pending > options.maxWaiting) return BUSY;
      pending += 1;
      const verdict = turn.then(() => takeTurn(run));
      turn = verdict.catch(() => undefined);
      return verdict.finally(() => {
        pending -= 1;
      });
    },
    async close() {
      closed = true;
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}

/** Rejects when the thread fails for a reason other than its limits. */
function verdictOf(worker: Worker, budgetMs: number): Promise<Verdict> {
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  const timer = setTimeout(() => {
    resolve(overBudget(`more than ${budgetMs / 1_000} seconds`));
  }, budgetMs);
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(overBudget('too much memory'));
    else reject(error);
  });
  worker.once('exit', (code) => {
    reject(new Error(`The verification thread ended without a verdict (exit code ${code}).`));
  });
  return promise.finally(() => clearTimeout(timer));
}

function overBudget(what: string): Verdict {
  return {
    state: 'refused',
    code: 'run-over-budget',
    detail: `Playing the run again takes ${what}. Shorten it, or make its scenario smaller.`,
    problems: [],
  };
}
