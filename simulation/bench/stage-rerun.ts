import { createEngine } from '../src/engine.ts';
import type { Command } from '../src/protocol/index.ts';
import { helloWorld } from '../src/scenarios/hello-world.ts';

const SEED = 1;
const at = (x: number, y: number) => ({ x, y });

/** A second server behind a balancer: the play that Stage 1 teaches. */
const PLAY: readonly Command[] = [
  {
    type: 'place-node',
    node: {
      kind: 'load-balancer',
      id: 'lb-1',
      size: 'S',
      policy: 'round-robin',
      position: at(320, 240),
    },
  },
  { type: 'disconnect', from: 'clients', to: 'web-1' },
  { type: 'connect', from: 'clients', to: 'lb-1' },
  { type: 'connect', from: 'lb-1', to: 'web-1' },
  { type: 'clone-node', id: 'web-1', newId: 'web-2', position: at(528, 400) },
  { type: 'start-operation' },
];

/** Plays Stage 1 to its end without a screen. Prints JSON for the bench; `cpuMs` is this thread's. */
const before = process.threadCpuUsage();
const engine = createEngine({ scenario: helloWorld, seed: SEED });
for (const command of PLAY) {
  const answer = engine.dispatch(command);
  if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.code}`);
}
engine.advanceTo(helloWorld.durationSeconds * 1000);
const used = process.threadCpuUsage(before);
const cpuMs = (used.user + used.system) / 1000;
console.log(JSON.stringify({ cpuMs, ending: engine.result()?.ending }));
