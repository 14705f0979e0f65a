import { benchReal } from './bench-real/program.ts';
import { onGround } from './real/on-ground.ts';

process.exitCode = await onGround(({ ground, signal }) =>
  benchReal({ ground, signal, print: (line) => process.stdout.write(`${line}\n`) }),
);
