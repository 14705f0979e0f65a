import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../scripts/launch/places.mjs';

const run = promisify(execFile);
const CACHE = join(homedir(), '.cache/project-devops/bench');
const WINDOWS = process.platform === 'win32';
const PYTHON = WINDOWS ? 'venv/Scripts/python.exe' : 'venv/bin/python';
const CLASS_PATH = ['.', 'libraries/*'].join(WINDOWS ? ';' : ':');

/** Something a measurement needs and this machine does not have. */
export class Absent extends Error {}

type Words = readonly [program: string, ...args: string[]];

/** A program of another kind that does the same work as ours; none of our dependencies. */
interface Peer {
  /** Commands that make it ready in a folder of its own, with its own package client. */
  readonly install: readonly Words[];
  /** Takes the name of a queue and a number of customers. */
  readonly start: Words;
  /** Customers of each queue: enough for a few seconds' work of this peer. */
  readonly customers: number;
}

const python = (customers: number): Peer => ({
  install: [
    [WINDOWS ? 'python' : 'python3', '-m', 'venv', 'venv'],
    [PYTHON, '-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt'],
  ],
  start: [PYTHON, 'queues.py'],
  customers,
});

const PEERS = {
  ssj: {
    install: [
      ['mvn', '-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=libraries'],
      ['javac', '-cp', CLASS_PATH, 'Queues.java'],
    ],
    start: ['java', '-cp', CLASS_PATH, 'Queues'],
    customers: 1_000_000,
  },
  simjs: {
    install: [['npm', 'install', '--no-package-lock']],
    start: [process.execPath, 'queues.mjs'],
    customers: 300_000,
  },
  simpy: python(60_000),
  ciw: python(20_000),
} satisfies Record<string, Peer>;
export type PeerName = keyof typeof PEERS;
export const PEER_NAMES = Object.keys(PEERS) as readonly PeerName[];

/** What a program says of one queue. */
export interface Worked {
  readonly customers: number;
  readonly cpuMs: number;
  /** A customer's mean time, in the queue's unit. */
  readonly mean: number;
}

/** Lets a peer work through a queue; throws `Absent` when it cannot be installed here. */
export async function peerWork(name: PeerName, queue: string, share: number): Promise<Worked> {
  const folder = await installed(name);
  const [program, ...args] = resolved(PEERS[name].start, folder);
  const customers = String(Math.ceil(PEERS[name].customers * share));
  const { stdout } = await run(program, [...args, queue, customers], { cwd: folder });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Worked;
}

const installing = new Map<PeerName, Promise<string>>();

/** The folder where a peer is ready to start; made once, and anew when its files have changed. */
function installed(name: PeerName): Promise<string> {
  const known = installing.get(name) ?? install(name);
  installing.set(name, known);
  return known;
}

async function install(name: PeerName): Promise<string> {
  const source = join(ROOT, 'bench/peers', name);
  const folder = join(CACHE, name);
  const stamp = join(folder, 'installed');
  const files = await contents(source);
  if ((await readFile(stamp, 'utf8').catch(() => null)) === files) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(source, folder, { recursive: true });
  for (const words of PEERS[name].install) {
    const [program, ...args] = resolved(words, folder);
    await run(program, args, { cwd: folder, shell: WINDOWS }).catch(() => {
      throw new Absent(`${name} cannot be installed: is ${words[0]} there, and the network?`);
    });
  }
  await writeFile(stamp, files);
  return folder;
}

/** A peer's files, so that a change of any of them is noticed. */
async function contents(source: string): Promise<string> {
  const names = (await readdir(source)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(source, name), 'utf8')));
  return texts.join('\n');
}

/** A program inside the folder by its full path, any other as it is. */
function resolved([program, ...args]: Words, folder: string): Words {
  return [program === PYTHON ? join(folder, program) : program, ...args];
}
