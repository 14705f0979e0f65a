import {
  NODE_OPTION_FORMS,
  parse,
  RunSchema,
  ScenarioSchema,
  type SessionInfo,
} from '@project-devops/simulation/protocol';
import type { SessionStart } from '../session/session.ts';
import type { Call, CallName, FromWorker, Output } from '../session/worker-protocol.ts';
import { playWithout } from './counterfactual.ts';
import { type LiveRun, openLiveRun } from './live-run.ts';
import { openFile } from './open-file.ts';
import type { Clock, Simulation } from './simulation.ts';

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** What comes from storage, a link or a file is checked before it is played; throws with the first problem. */
function checkStart(start: SessionStart, simulation: Simulation): void {
  const parsed =
    'run' in start ? parse(RunSchema, start.run) : parse(ScenarioSchema, start.scenario);
  const { scenario } = 'run' in start ? start.run : start;
  const [problem] = parsed.ok ? simulation.scenarioProblems(scenario) : parsed.problems;
  if (problem) throw new Error(`It cannot be played: ${problem.path} ${problem.expected}`);
}

/** The worker's side of the conversation: answers every call exactly once, in any order. */
export function createWorkerHost(
  simulation: Simulation,
  clock: Clock,
  post: (message: FromWorker) => void,
) {
  let live: LiveRun | null = null;
  let starts = 0;

  const present = (): LiveRun => {
    if (live === null) throw new Error('No run is open.');
    return live;
  };

  async function start(input: SessionStart): Promise<SessionInfo> {
    checkStart(input, simulation);
    live?.close();
    live = null;
    const mine = ++starts;
    const opened = await openLiveRun(
      simulation,
      clock,
      {
        frame: (frame) => post({ type: 'frame', frame }),
        failed: (error) => post({ type: 'failure', message: messageOf(error) }),
      },
      input,
    );
    if (mine !== starts) throw new Error('Another run was opened meanwhile.');
    live = opened;
    return opened.info;
  }

  async function answer(call: Call): Promise<Output<CallName>> {
    switch (call.name) {
      case 'ping':
        return null;
      case 'library': {
        const { scenarios, catalog, ruleset } = simulation;
        return { scenarios, catalog, ruleset, optionForms: NODE_OPTION_FORMS };
      }
      case 'open-file':
        return openFile(call.input, simulation);
      case 'start':
        return start(call.input);
      case 'dispatch':
        return present().dispatch(call.input);
      case 'set-speed':
        live?.setSpeed(call.input);
        return null;
      case 'seek':
        await present().seek(call.input);
        return null;
      case 'run':
        return present().toRun();
      case 'without':
        return playWithout(simulation, call.input.run, call.input.commandIndex);
    }
  }

  return async function handle(call: Call): Promise<void> {
    try {
      const output = await answer(call);
      post({ type: 'answer', id: call.id, output });
      if (call.name === 'start') live?.show();
    } catch (error) {
      post({ type: 'rejection', id: call.id, message: messageOf(error) });
      if (call.name === 'dispatch') post({ type: 'failure', message: messageOf(error) });
    }
  };
}
