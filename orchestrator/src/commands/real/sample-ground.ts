import { predict } from '@project-devops/simulation';
import type {
  DoctorReport,
  LoadPlan,
  Measurement,
  Profile,
  Topology,
} from '@project-devops/simulation/protocol';
import { CLOUD, TRUTH } from '../../calibration/sample-machine.ts';
import type { Clock } from '../../clock.ts';
import { rateOf } from '../../load/schedule.ts';
import type { GroundRequest } from '../../real/ground.ts';
import type { Sandbox, SandboxNews } from '../../real/sandbox.ts';
import { SandboxError } from '../../real/sandbox.ts';
import type { MeasuredWindow, WallWindow } from '../../telemetry/telemetry.ts';
import type { ProgramGround } from './on-ground.ts';

/** A clock that is as fast as the program: time passes only by waiting for it. */
export function sampleClock(): Clock {
  let nowMs = 1_000_000;
  return {
    now: () => nowMs,
    later(action, ms) {
      const timer = setImmediate(() => {
        nowMs += ms;
        action();
      });
      return () => clearImmediate(timer);
    },
  };
}

export const IMAGES: GroundRequest['images'] = {
  nginx: 'n:1',
  postgres: 'p:1',
  redis: 'r:1',
  prometheus: 'm:1',
  service: 's:1',
  k6: 'k:1',
};

/** What goes wrong on a sample ground. */
export interface SampleTrouble {
  readonly doctor?: DoctorReport;
  readonly start?: string;
  /** The load generator dies at this second. */
  readonly loadEndsAt?: number;
  /** Seconds in which k6 is the limit. */
  readonly dropping?: readonly number[];
}

/** A ground for tests: the make-believe machine of the calibration's tests, and how many of its sandboxes are open. */
export interface SampleGround extends ProgramGround {
  readonly open: () => number;
  readonly requests: readonly GroundRequest[];
}

export function sampleGround(trouble: SampleTrouble = {}): SampleGround {
  const clock = sampleClock();
  const requests: GroundRequest[] = [];
  let open = 0;
  return {
    clock,
    cloud: CLOUD,
    requests,
    open: () => open,
    examine: async () => trouble.doctor ?? { ready: true, checks: [] },
    profile: async () => TRUTH,
    async ensureImages(onProgress) {
      onProgress([{ image: 'nginx', status: 'working', doing: 'installing', sinceMs: 0 }]);
      return IMAGES;
    },
    async openSandbox(request, news) {
      requests.push(request);
      if (trouble.start !== undefined) {
        const plain = { code: 'unhealthy', remedy: 'Look at its lines.', lastLines: ['panic'] };
        throw new SandboxError({ ...plain, message: trouble.start, node: 'primary' });
      }
      open++;
      const closed = () => {
        open--;
      };
      return sampleSandbox(request, { clock, news, trouble, closed });
    },
  };
}

interface Around {
  readonly clock: Clock;
  readonly news: SandboxNews;
  readonly trouble: SampleTrouble;
  closed(): void;
}

function sampleSandbox(request: GroundRequest, around: Around): Sandbox {
  const { topology, classes } = request.scenario;
  const course: { rows: (second: number) => Measurement[] } = { rows: () => [] };
  return {
    session: 'sample',
    versions: { docker: '20.10.24' },
    containers: [],
    load: {
      async prepare(plan) {
        course.rows = coursesOf(request, plan);
        return {
          generation: plan.generation,
          release: async () => around.clock.now(),
          discard: async () => undefined,
        };
      },
      stop: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    },
    telemetry: { measure: async (window) => measured(window, course.rows, around) },
    service: () => ({ topology, classes, cores: coresOf(topology), connections: {} }),
    entry: () => 'http://app:8080',
    change: async () => undefined,
    restart: async () => undefined,
    logs: async () => [],
    [Symbol.asyncDispose]: async () => around.closed(),
  };
}

/** The seconds of a plan as the make-believe machine serves them; asked for in order. */
function coursesOf({ scenario, seed, profile }: GroundRequest, plan: LoadPlan) {
  const rateAt = (second: number) => rateOf(plan, second);
  const truth: Profile = { ...TRUTH, quotaPeriodMs: profile.quotaPeriodMs };
  const rows = predict({
    ...scenario,
    mix: plan.mix,
    profile: truth,
    seed: seed + 1,
    scale: 1,
    rateAt,
  });
  let at = 0;
  let now: Measurement[] = [];
  return (second: number) => {
    for (; at <= second; at++) now = rows.next().value;
    return now;
  };
}

function measured(
  { startMs }: WallWindow,
  rowsOf: (second: number) => Measurement[],
  { trouble, news }: Around,
): MeasuredWindow {
  const second = startMs / 1000;
  if (trouble.loadEndsAt !== undefined && second >= trouble.loadEndsAt) {
    const plain = { node: null, remedy: null, lastLines: [] };
    news.loadEnded({ ...plain, code: 'load-ended', message: 'k6 ended with code 137.' });
    return { state: 'pending' };
  }
  const rows = rowsOf(second).map((row): Measurement => ({ ...row, source: 'measured' }));
  const droppedIterations = trouble.dropping?.includes(second) === true ? 1_000 : 0;
  return { state: 'measured', rows, droppedIterations, coresUsed: {} };
}

function coresOf({ nodes }: Topology): Record<string, number> {
  const cores = { S: 0.25, M: 0.5, L: 1, XL: 2 };
  return Object.fromEntries(
    nodes.flatMap((node) => ('size' in node ? [[node.id, cores[node.size]]] : [])),
  );
}
