import { createEngine, forecast } from '@project-devops/simulation';
import type {
  Frame,
  Judge,
  Measurement,
  RealMessage,
  RealRequest,
  RealState,
  RecordedCommand,
  Run,
} from '@project-devops/simulation/protocol';
import { createPlayer, type Player } from '../worker/player.ts';
import {
  SAMPLE_OUTLOOK,
  sampleContainers,
  sampleMeasured,
  sampleScorecard,
} from './sample-real-figures.ts';

/** An orchestrator for tests: it plays the engine, and "measures" the same figures a little off. */

/** The server's side of the conversation; `say` reaches the page. */
export function createFakeOrchestrator(say: (message: RealMessage) => void) {
  const received: RealRequest[] = [];
  let player: Player | null = null;
  let run: Run | null = null;
  let state: RealState = { phase: 'off' };
  let judge: Judge = 'prediction';
  let speed: 0 | 1 = 0;
  let gathered: Measurement[] = [];
  let pending: Measurement[] = [];
  let unfit: RecordedCommand[] = [];

  function enter(next: RealState): void {
    state = next;
    say({ type: 'state', state });
  }

  function show(rows: readonly Measurement[], restarted = false): void {
    if (player === null) return;
    const { engine } = player;
    const frame: Frame = {
      snapshot: engine.snapshot(),
      events: engine.takeEvents(),
      rows,
      speed,
      result: engine.result(),
      restarted,
    };
    say({ type: 'frame', frame });
  }

  function tellInfo(): void {
    if (run === null) return;
    const { scenario, seed } = run;
    const info = { scenario, seed, forecast: forecast(scenario), readOnly: null, endMs: null };
    say({ type: 'info', info, judge });
  }

  function open(request: Extract<RealRequest, { type: 'open' }>): void {
    run = request.run;
    judge = request.judge;
    player = createPlayer(createEngine(run), run.commands);
    player.advanceTo(run.endMs);
    enter({ phase: 'checking' });
    tellInfo();
  }

  function running(changes: Partial<Extract<RealState, { phase: 'running' }>> = {}): void {
    enter({
      phase: 'running',
      outlook: SAMPLE_OUTLOOK,
      containers: sampleContainers(player?.engine.snapshot().topology.nodes ?? []),
      load: null,
      applying: false,
      troubles: [],
      measuredAgeMs: null,
      scorecard: null,
      ...changes,
    });
  }

  function toRun(): Run {
    if (run === null || player === null) throw new Error('nothing is open');
    const { engine } = player;
    const commands = [...engine.log, ...unfit];
    return { ...run, commands, endMs: engine.timeMs, stateHash: engine.stateHash() };
  }

  function receive(request: RealRequest): void {
    received.push(request);
    switch (request.type) {
      case 'open':
        return open(request);
      case 'resume':
        if (player === null) {
          return say({ type: 'refused', code: 'nothing-open', message: 'No session is open.' });
        }
        say({ type: 'state', state });
        tellInfo();
        return show(gathered, true);
      case 'command': {
        const result = player?.engine.dispatch(request.command);
        if (result) say({ type: 'answer', id: request.id, result });
        return show([]);
      }
      case 'run':
        return say({ type: 'run', id: request.id, run: toRun() });
      case 'set-speed':
        speed = request.speed;
        return show([]);
      case 'set-judge':
        judge = request.judge;
        return tellInfo();
      case 'leave':
        enter({ phase: 'stopping', left: 3 });
        return enter({ phase: 'off' });
    }
  }

  return {
    received,
    /** A page has connected: it is told the state at once. */
    greet: () => say({ type: 'state', state }),
    receive,
    enter,
    running,
    get state() {
      return state;
    },
    /** From now on the run's log has a command that only reality's money paid for. */
    spoilRun(): void {
      const node = {
        kind: 'sql-primary',
        id: 'dear-1',
        size: 'XL',
        position: { x: 0, y: 0 },
      } as const;
      unfit = [{ atMs: player?.engine.timeMs ?? 0, command: { type: 'place-node', node } }];
    },
    /** The containers run, and the page sees the run. */
    run(): void {
      running();
      show(player?.engine.takeMeasurements() ?? [], false);
    },
    /** Plays some seconds; what is measured comes two seconds late. `valid`: k6 offered its load. */
    play(seconds: number, valid = true): void {
      if (player === null) return;
      speed = 1;
      for (let second = 0; second < seconds; second++) {
        player.advanceTo(player.engine.timeMs + 1_000);
        const predicted = player.engine.takeMeasurements();
        pending.push(...predicted);
        const due = player.engine.timeMs - 2_000;
        const measured = pending.filter(({ endMs }) => endMs <= due).map(sampleMeasured);
        pending = pending.filter(({ endMs }) => endMs > due);
        gathered = [...gathered, ...predicted, ...measured];
        running({
          load: {
            generation: 2,
            ratePerSecond: player.engine.snapshot().offeredPerSecond,
            dropped: valid ? 0 : 12,
            valid,
          },
          measuredAgeMs: 2_000,
          scorecard: sampleScorecard(player.engine.snapshot().endToEnd),
        });
        show([...predicted, ...measured]);
      }
    },
  };
}
export type FakeOrchestrator = ReturnType<typeof createFakeOrchestrator>;
