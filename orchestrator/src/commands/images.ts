import { createDockerImageStore } from '../runtimes/docker-images.ts';
import { makeImages } from './images/make-images.ts';

const { stdout, stderr } = process;
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interruption.abort());

process.exitCode = await makeImages(process.argv.slice(2), {
  openStore: () => createDockerImageStore(),
  signal: interruption.signal,
  print: (text) => stdout.write(text),
  terminal: { isTerminal: stderr.isTTY === true, write: (text) => stderr.write(text) },
  columns: stderr.columns ?? 80,
});
