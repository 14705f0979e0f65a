import { createEngine, RULESET, SCENARIOS } from '@project-devops/simulation';
import type {
  Command,
  Frame,
  Judge,
  RealMessage,
  RealState,
  Run,
  Scenario,
} from '@project-devops/simulation/protocol';
import type { RealSessionPorts } from '../real/real-session.ts';
import { createFakeClock } from './fake-clock.ts';
import { createFakeRealMode } from './fake-real-mode.ts';

/** The stage that is played. */
export const scenario = SCENARIOS[0] as Scenario;

/** A run of it, in operation unless it ends at 0. */
export function runUntil(endMs: number): Run {
  const engine = createEngine({ scenario, seed: 3 });
  if (endMs > 0) engine.dispatch({ type: 'start-operation' });
  engine.advanceTo(endMs);
  return {
    format: 'project-devops/run@1',
    ruleset: RULESET,
    scenario,
    seed: 3,
    commands: [...engine.log],
    endMs,
    stateHash: engine.stateHash(),
  };
}

/** A page that keeps what it is sent. */
export function createPage() {
  const messages: RealMessage[] = [];
  const of = <T extends RealMessage['type']>(type: T) =>
    messages.filter((message) => message.type === type) as Extract<RealMessage, { type: T }>[];
  return {
    messages,
    of,
    send: (message: RealMessage) => void messages.push(message),
    frames: (): Frame[] => of('frame').map(({ frame }) => frame),
    get state(): RealState | undefined {
      return of('state').at(-1)?.state;
    },
  };
}

/** A desk with one page that has opened real mode for a run. */
export async function opened(
  options: { endMs?: number; judge?: Judge; ports?: Partial<RealSessionPorts> } = {},
) {
  const clock = createFakeClock();
  const { desk, sandboxes } = createFakeRealMode(clock, options.ports);
  const page = createPage();
  const judge = options.judge ?? 'prediction';
  desk.receive(page, { type: 'open', run: runUntil(options.endMs ?? 2_500), judge, scale: 1 });
  await clock.run(1_000);
  let ids = 7;
  const send = (command: Command, id = ids++) =>
    desk.receive(page, { type: 'command', id, command });
  return { clock, desk, page, send, sandbox: () => sandboxes[0] as (typeof sandboxes)[number] };
}

/** The state, which must be that of a running session. */
export function running(state: RealState | undefined) {
  if (state?.phase !== 'running') throw new Error(`not running but ${state?.phase}`);
  return state;
}
