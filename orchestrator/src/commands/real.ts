import { onGround } from './real/on-ground.ts';
import { real } from './real/program.ts';

const { stdout, stderr } = process;

process.exitCode = await onGround(({ ground, signal }) =>
  real(process.argv.slice(2), {
    print: (text) => stdout.write(text),
    terminal: { isTerminal: stderr.isTTY === true, write: (text) => stderr.write(text) },
    ground,
    signal,
    environment: process.env,
  }),
);
