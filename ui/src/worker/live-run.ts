import type {
  Command,
  DispatchResult,
  Frame,
  Run,
  SessionInfo,
  Speed,
} from '@project-devops/simulation/protocol';
import type { SessionStart } from '../session/session.ts';
import { createDriver } from './driver.ts';
import { createPlayer, type Player } from './player.ts';
import type { Clock, Simulation } from './simulation.ts';
import { playInSlices } from './slices.ts';

export interface LiveRun {
  readonly info: SessionInfo;
  /** Posts a frame at once. */
  show(): void;
  dispatch(command: Command): DispatchResult;
  setSpeed(speed: Speed): void;
  /** Resolves when the instant is reached, or when a newer call or `close` took over. Rejects on a run that is played. */
  seek(timeMs: number): Promise<void>;
  toRun(): Run;
  close(): void;
}

interface Outputs {
  frame(frame: Frame): void;
  failed(error: unknown): void;
}

function readOnlyReason(ruleset: string, start: SessionStart): SessionInfo['readOnly'] {
  if (!('run' in start)) return null;
  if (start.run.ruleset !== ruleset) return 'other-ruleset';
  return start.mode === 'watch' ? 'watching' : null;
}

function infoOf(simulation: Simulation, start: SessionStart): SessionInfo {
  const { scenario, seed } = 'run' in start ? start.run : start;
  const readOnly = readOnlyReason(simulation.ruleset, start);
  return {
    scenario,
    seed,
    forecast: simulation.forecast(scenario),
    readOnly,
    endMs: readOnly !== null && 'run' in start ? start.run.endMs : null,
  };
}

/** Plays the saved log up to its end; rejects when the rules refuse a part of it. */
async function resume(player: Player, run: Run, clock: Clock): Promise<void> {
  await playInSlices(player, run.endMs, clock, () => false);
  if (player.dropped > 0) {
    throw new Error(`The log does not fit its scenario: ${player.dropped} commands were refused.`);
  }
}

/** Opens a run, played or watched; it stands still until a speed is set. Rejects when the saved log does not fit. */
export async function openLiveRun(
  simulation: Simulation,
  clock: Clock,
  outputs: Outputs,
  start: SessionStart,
): Promise<LiveRun> {
  const info = infoOf(simulation, start);
  const { scenario, seed } = info;
  const log = 'run' in start ? start.run.commands : [];
  const create = (): Player => createPlayer(simulation.createEngine({ scenario, seed }), log);
  let player = create();
  let restarted = true;
  let seeks = 0;
  if (info.readOnly === null && 'run' in start) await resume(player, start.run, clock);

  function postFrame(): void {
    const { engine } = player;
    outputs.frame({
      snapshot: engine.snapshot(),
      events: engine.takeEvents(),
      rows: engine.takeMeasurements(),
      speed: driver.speed,
      result: engine.result(),
      restarted,
    });
    restarted = false;
  }

  const driver = createDriver(clock, {
    get player() {
      return player;
    },
    endMs: info.endMs ?? Number.POSITIVE_INFINITY,
    frame: postFrame,
    failed: outputs.failed,
  });

  function dispatch(command: Command): DispatchResult {
    if (info.readOnly !== null) return { ok: false, refusal: { code: 'stage-over' } };
    const answer = player.engine.dispatch(command);
    if (!answer.ok) return answer;
    if (command.type === 'start-operation') driver.setSpeed(driver.speed === 0 ? 1 : driver.speed);
    driver.frame();
    return answer;
  }

  async function seek(timeMs: number): Promise<void> {
    if (info.endMs === null) throw new Error('Only a run that is watched can be sought.');
    const mine = ++seeks;
    driver.hold();
    const target = Math.max(0, Math.min(timeMs, info.endMs));
    if (target < player.engine.timeMs) {
      player = create();
      restarted = true;
    }
    if (!(await playInSlices(player, target, clock, () => mine !== seeks))) return;
    driver.release();
    driver.frame();
  }

  function toRun(): Run {
    if (info.readOnly !== null && 'run' in start) return start.run;
    return {
      format: 'project-devops/run@1',
      ruleset: simulation.ruleset,
      scenario,
      seed,
      commands: player.engine.log,
      endMs: player.engine.timeMs,
      stateHash: player.engine.stateHash(),
    };
  }

  return {
    info,
    show: driver.frame,
    dispatch,
    setSpeed(speed) {
      driver.setSpeed(speed);
      driver.frame();
    },
    seek,
    toRun,
    close() {
      seeks++;
      driver.hold();
    },
  };
}
