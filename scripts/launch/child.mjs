import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a child may take to act on a signal that it got by itself before ours follows. */
const OWN_SIGNAL_MS = 300;
/** How often to look whether npm's shell is still there. */
const PARENT_CHECK_MS = 500;
/** How long a child that is over its limit may take to clean up. */
const CLEAN_UP_MS = 10_000;
/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @typedef {object} ChildOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} [signal] ends the child; `runChild` then rejects
 * @property {number} [limitMs] ends the child that takes longer
 * @property {boolean} [shell] needed for `.cmd` files on Windows
 * @property {'stdout' | 'stderr'} [watched] the stream whose text `onText` sees as well
 * @property {(text: string) => void} [onText]
 */

/**
 * Runs a program in the foreground and waits for it. Signals to us reach it too; one that a terminal has
 * already given to both is not given twice.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ChildOptions} options
 * @returns {Promise<number>} its exit code; 128 + the signal's number when a signal ended it
 * @throws when the program cannot be started
 */
export async function runChild(command, args, { watched, onText, limitMs, ...options }) {
  const pipe = (/** @type {string} */ name) => (watched === name ? 'pipe' : 'inherit');
  const child = spawn(command, args, {
    ...options,
    stdio: ['inherit', pipe('stdout'), pipe('stderr')],
  });
  if (watched !== undefined) {
    child[watched]?.on('data', (/** @type {Buffer} */ data) => {
      process[watched].write(data);
      onText?.(data.toString());
    });
  }
  const stopForwarding = forwardSignals(child);
  const stopLimiting = limitMs === undefined ? undefined : limit(child, limitMs);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
    });
  } finally {
    stopForwarding();
    stopLimiting?.();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} limitMs
 */
function limit(child, limitMs) {
  const timers = [
    setTimeout(() => child.kill('SIGTERM'), limitMs),
    setTimeout(() => child.kill('SIGKILL'), limitMs + CLEAN_UP_MS),
  ];
  return () => timers.forEach(clearTimeout);
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  const forward = async (/** @type {NodeJS.Signals} */ signal) => {
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    await delay(OWN_SIGNAL_MS, undefined, { ref: false });
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const parentCheck = process.env.npm_lifecycle_event ? endWithParent(child) : undefined;
  return () => {
    for (const signal of FORWARDED) process.off(signal, forward);
    clearInterval(parentCheck);
  };
}

/**
 * npm gives its signals to the shell between it and us, which ends without handing them on: when that shell
 * is gone, so is the reason to run.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithParent(child) {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  return check.unref();
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  return signal === null ? 0 : constants.signals[signal];
}
