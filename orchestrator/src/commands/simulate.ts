import { simulate } from './simulate/simulate.ts';

const { stdout, stderr } = process;

// Whoever reads our output may stop early, as `head` does.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await simulate(process.argv.slice(2), {
  print: (text) => stdout.write(text),
  terminal: { isTerminal: stderr.isTTY === true, write: (text) => stderr.write(text) },
  now: () => performance.now(),
  environment: process.env,
});
