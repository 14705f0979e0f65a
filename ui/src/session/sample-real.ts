import { createEngine, forecast } from '@project-devops/simulation';
import {
  type ContainerView,
  END_TO_END,
  type Frame,
  type Judge,
  type Measurement,
  type Outlook,
  type RealMessage,
  type RealProblem,
  type RealRequest,
  type RealState,
  type RecordedCommand,
  type Run,
  type Scorecard,
  type ScorecardLine,
  throughputPerSecond,
} from '@project-devops/simulation/protocol';
import { createPlayer, type Player } from '../worker/player.ts';

/** An orchestrator for tests: it plays the engine, and "measures" the same figures a little off. */

export const SAMPLE_OUTLOOK: Outlook = {
  containers: 7,
  cpuMillicores: 1_750,
  memoryMiB: 1_180,
  hostCores: 2,
  scale: 1,
  missingImages: [],
  overcommitted: false,
};

const SERVED_FACTOR = 0.94;
const LATENCY_FACTOR = 1.14;
const USED_FACTOR = 0.93;

const scaled = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;

/** What the containers did where the engine predicted `row`. */
export function sampleMeasured(row: Measurement): Measurement {
  const wave = 1 + 0.03 * Math.sin(row.endMs / 1_700);
  return {
    ...row,
    source: 'measured',
    served: Math.round(row.served * SERVED_FACTOR * wave),
    latency: {
      ...row.latency,
      p50Ms: scaled(row.latency.p50Ms, LATENCY_FACTOR),
      p95Ms: scaled(row.latency.p95Ms, LATENCY_FACTOR * wave),
      p99Ms: scaled(row.latency.p99Ms, LATENCY_FACTOR),
    },
    utilisation: scaled(row.utilisation, USED_FACTOR * wave),
    costPerHour: null,
  };
}

const IMAGES: Readonly<Record<string, string>> = {
  'load-balancer': 'nginx',
  'vm-basic': 'sandbox-service',
  'sql-primary': 'postgres',
  'sql-replica': 'postgres',
  cache: 'redis',
};

export const sampleContainer = (
  node: string,
  image: string,
  changes: Partial<ContainerView> = {},
): ContainerView => ({
  node,
  image: `project-devops/${image}:0123abcd`,
  status: 'healthy',
  cpuMillicores: 250,
  memoryMiB: 256,
  cpuUsed: 0.21,
  exitCode: null,
  lastLines: [],
  ...changes,
});

function containersOf(player: Player | null): readonly ContainerView[] {
  const nodes = player?.engine.snapshot().topology.nodes ?? [];
  return [
    ...nodes.flatMap(({ kind, id }) => {
      const image = IMAGES[kind];
      return image === undefined ? [] : [sampleContainer(id, image)];
    }),
    sampleContainer('_prometheus', 'prometheus'),
    sampleContainer('_k6-1', 'k6'),
  ];
}

const line = (
  node: string,
  metric: ScorecardLine['metric'],
  predicted: number | null,
  measured: number | null,
  changes: Partial<ScorecardLine> = {},
): ScorecardLine => {
  const isRatio = ['utilisation', 'hit-ratio', 'error-ratio'].includes(metric);
  const difference = predicted === null || measured === null ? null : predicted - measured;
  const error = difference === null ? null : isRatio ? difference : difference / (measured || 1);
  return {
    node,
    metric,
    predicted,
    measured,
    error,
    bias: error,
    meanAbsoluteError: error === null ? null : Math.abs(error),
    state: { state: 'compared' },
    ...changes,
  };
};

/** A scorecard with a line of every state, around the figures of a window. */
export function sampleScorecard(row: Measurement | null = null): Scorecard {
  const rate = row === null ? 62.6 : throughputPerSecond(row);
  const p95 = row?.latency.p95Ms ?? 362;
  return {
    format: 'project-devops/scorecard@1',
    startMs: 0,
    endMs: 60_000,
    validWindows: 55,
    invalidWindows: 2,
    lines: [
      line('web-1', 'p95-latency', 362, 362 * LATENCY_FACTOR),
      line(END_TO_END, 'p95-latency', p95, p95 * LATENCY_FACTOR),
      line(END_TO_END, 'throughput', rate, rate * SERVED_FACTOR),
      line('primary', 'utilisation', 0.88, 0.84),
      line(END_TO_END, 'error-ratio', 0.027, 0.031),
      line('cache-1', 'hit-ratio', 0.83, 0.82),
      line('replica', 'lag', 400, null, { state: { state: 'no-data', ageMs: 12_000 } }),
      line('web-1', 'p99-latency', 890, 910, {
        error: null,
        state: { state: 'too-few', samples: 12 },
      }),
      line('primary', 'p50-latency', null, 3.1, { state: { state: 'not-modelled' } }),
    ],
    grade: {
      grade: 'B',
      reason: 'web-1 p95 is 14 % higher than predicted.',
      decidedBy: 'web-1 p95-latency',
    },
    provenance: {
      scenario: 'hello-world',
      seed: 3,
      ruleset: '1-0123456789abcdef',
      profile: { name: 'game cloud', measuredOn: null },
      scale: 1,
      versions: { nginx: '1.26.3', postgres: '17' },
      hardware: { cpu: 'Sample CPU', cores: 2, memoryMiB: 8_192 },
    },
  };
}

export const sampleProblem = (changes: Partial<RealProblem> = {}): RealProblem => ({
  code: 'container-exited',
  message: 'The container of web-1 ended by itself.',
  node: 'web-1',
  remedy: 'Look at its last lines, then restart the node.',
  lastLines: ['listening on 8080', 'Error: out of memory'],
  ...changes,
});

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
      containers: containersOf(player),
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
