import { SCENARIOS } from '@project-devops/simulation';
import type { Frame, Scenario } from '@project-devops/simulation/protocol';
import type { Call, CallName, FromWorker, Input, Output } from '../session/worker-protocol.ts';
import { createFakeClock } from './fake-clock.ts';
import { SIMULATION } from './game-simulation.ts';
import type { Simulation } from './simulation.ts';
import { createWorkerHost } from './worker-host.ts';

/** The first stage, for tests. */
export function firstStage(): Scenario {
  const [scenario] = SCENARIOS;
  if (!scenario) throw new Error('There is no scenario.');
  return scenario;
}

/** A worker's host on a fake clock, with everything it posted. */
export function createSampleWorker(simulation: Simulation = SIMULATION) {
  const clock = createFakeClock();
  const posted: FromWorker[] = [];
  const handle = createWorkerHost(simulation, clock, (message) => posted.push(message));
  let lastId = 0;

  return {
    clock,
    posted,
    frames: (): Frame[] =>
      posted.flatMap((message) => (message.type === 'frame' ? [message.frame] : [])),
    /** Makes a call and answers what it was answered; throws its rejection. */
    async ask<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
      const id = ++lastId;
      const handled = handle({ id, name, input } as Call);
      for (let turn = 0; turn < 2_000 && !answered(id); turn++) {
        await Promise.resolve();
        clock.run(0);
      }
      await handled;
      const answer = posted.find((message) => 'id' in message && message.id === id);
      if (answer?.type !== 'answer') throw new Error(JSON.stringify(answer));
      return answer.output as Output<N>;
    },
  };

  function answered(id: number): boolean {
    return posted.some((message) => 'id' in message && message.id === id);
  }
}
