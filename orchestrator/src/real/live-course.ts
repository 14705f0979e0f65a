import {
  type Command,
  type DispatchResult,
  END_TO_END,
  type Judge,
  type LoadView,
  type Profile,
  type Provenance,
  type RealMessage,
  type RealProblem,
  type Scorecard,
} from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { ComparisonWindow } from './comparison-window.ts';
import { FrameFeed } from './frame-feed.ts';
import type { Game } from './game.ts';
import { type MeasuredSecond, Measuring } from './measuring.ts';
import { Offering } from './offering.ts';
import { planLoadOf } from './plan-load.ts';
import { problemOf } from './problem.ts';
import type { Sandbox } from './sandbox.ts';
import { Timeline, WINDOW_MS } from './timeline.ts';

const TICK_MS = 50;
const FRAME_MS = 100;
const MEASURING_MS = 500;
/** A tick that comes so late means that the machine slept: the time in between was not played. */
const SLEPT_MS = 5_000;
/** Starts of the load that may fail one after the other before play is paused. */
const MOST_FAILURES = 4;
/** The load is tried again after this time, then after twice as long: containers that died are being made again. */
const FIRST_RETRY_MS = 1_000;

/** What the course tells the session; null figures are not known yet. */
export interface CourseNews {
  readonly load: LoadView | null;
  readonly measuredAgeMs: number | null;
  readonly scorecard: Scorecard | null;
  readonly coresUsed: Readonly<Record<string, number>>;
  readonly troubles: readonly RealProblem[];
}

export interface LiveCourseOptions {
  readonly clock: Clock;
  readonly game: Game;
  readonly sandbox: Sandbox;
  readonly profile: Profile;
  readonly scale: number;
  readonly judge: Judge;
  readonly provenance: Provenance;
  send(message: RealMessage): void;
  told(news: CourseNews): void;
  /** The topology was changed by the player. */
  edited(): void;
  restarted(node: string): void;
}

/** Drives engine, load and measuring of a session by the wall clock, at 1x. */
export class LiveCourse {
  readonly #options: LiveCourseOptions;
  readonly #timeline = new Timeline();
  readonly #offering: Offering;
  readonly #measuring: Measuring;
  readonly #comparison: ComparisonWindow;
  readonly #feed: FrameFeed;
  #speed: 0 | 1 = 1;
  #lastTickMs: number;
  #lastFrameMs = 0;
  #lastMeasuringMs = 0;
  #lastSecond: number;
  #entry: string;
  #dropped = 0;
  #valid = true;
  #coresUsed: Readonly<Record<string, number>> = {};
  #failures = 0;
  readonly #troubles = new Map<'load' | 'telemetry', RealProblem>();
  #busyMeasuring = false;
  /** Beginning and stopping wait for one another. */
  #turn: Promise<void> = Promise.resolve();
  #stopTicking: () => void = () => undefined;
  #stopRetrying: () => void = () => undefined;
  #ended = false;

  constructor(options: LiveCourseOptions) {
    this.#options = options;
    const { game, sandbox, scale, clock, profile, judge } = options;
    const { engine } = game;
    this.#lastTickMs = clock.now();
    this.#lastSecond = engine.timeMs / WINDOW_MS;
    this.#entry = sandbox.entry();
    this.#offering = new Offering({
      generator: sandbox.load,
      timeline: this.#timeline,
      clock,
      planLoad: planLoadOf({ game, scale, entry: () => sandbox.entry() }),
    });
    this.#measuring = new Measuring(sandbox.telemetry, this.#timeline, engine.timeMs);
    this.#comparison = new ComparisonWindow(options.provenance);
    this.#feed = new FrameFeed(engine, options.send);
    const loadAt = (second: number) => this.#offering.loadAt(second);
    engine.enterReality({ profile, scale, judge, loadAt });
  }

  /** Gets the load ready, lets it go when the stage is in operation, and begins to tick. */
  async start(): Promise<void> {
    this.#feed.gather();
    this.#post();
    await this.#offering.prepare(this.#second());
    this.#steer();
    this.#tick();
    await this.#turn;
  }

  /** Everything a page that comes later needs. */
  show(send: (message: RealMessage) => void): void {
    send({ type: 'frame', frame: this.#feed.whole(this.#shownSpeed()) });
  }

  dispatch(command: Command): DispatchResult {
    const { engine } = this.#options.game;
    const { revision } = engine.snapshot();
    const answer = engine.dispatch(command);
    if (!answer.ok) return answer;
    if (engine.snapshot().revision !== revision) this.#options.edited();
    if (command.type === 'restart-node') this.#options.restarted(command.id);
    if (command.type === 'start-operation') this.#speed = 1;
    this.#steer();
    this.#post();
    return answer;
  }

  setSpeed(speed: 0 | 1): void {
    this.#speed = speed;
    this.#steer();
    this.#post();
  }

  /** k6 ended by itself: time stands until the load flows again. */
  loadEnded(problem: RealProblem): void {
    this.#trouble('load', problem);
    this.#stand();
    this.#steer();
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#stopTicking();
    this.#stopRetrying();
    this.#timeline.end(this.#timeline.simulatedAt(this.#options.clock.now()));
    await this.#turn;
    await this.#offering.stop(this.#options.game.engine.timeMs);
  }

  #second(): number {
    return Math.ceil(this.#options.game.engine.timeMs / WINDOW_MS);
  }

  #shownSpeed(): 0 | 1 {
    return this.#wanted() ? 1 : 0;
  }

  #wanted(): boolean {
    const { phase } = this.#options.game.engine.snapshot();
    return !this.#ended && this.#speed === 1 && phase === 'operation';
  }

  /** Brings the load in line with what is wanted, after whatever is under way. */
  #steer(): void {
    this.#turn = this.#turn
      .then(() => this.#bringInLine())
      .catch((error) => this.#failed(problemOf(error)));
  }

  async #bringInLine(): Promise<void> {
    if (this.#wanted() === this.#timeline.running) return;
    if (!this.#wanted()) {
      this.#stand();
      return this.#offering.stop(this.#options.game.engine.timeMs);
    }
    const { engine } = this.#options.game;
    engine.advanceTo(this.#second() * WINDOW_MS);
    await this.#offering.begin(this.#second());
    this.#lastSecond = this.#second();
    this.#lastTickMs = this.#options.clock.now();
    this.#failures = 0;
    this.#troubles.delete('load');
    // The second that has just begun was armed with no load.
    this.#options.game.engine.loadChanged();
  }

  /** Simulated time stands from the last full second on. */
  #stand(): void {
    const at = this.#timeline.simulatedAt(this.#lastTickMs);
    this.#timeline.end(Math.floor(at / WINDOW_MS) * WINDOW_MS);
  }

  #failed(problem: RealProblem): void {
    this.#trouble('load', problem);
    this.#failures++;
    if (this.#failures < MOST_FAILURES) {
      const afterMs = FIRST_RETRY_MS * 2 ** (this.#failures - 1);
      this.#stopRetrying = this.#options.clock.later(() => this.#steer(), afterMs);
      return;
    }
    this.#failures = 0;
    this.#speed = 0;
    this.#post();
  }

  #tick(): void {
    if (this.#ended) return;
    const { clock, game } = this.#options;
    const now = clock.now();
    if (this.#timeline.running && now - this.#lastTickMs > SLEPT_MS) this.#wake();
    else if (this.#timeline.running) game.engine.advanceTo(this.#timeline.simulatedAt(now));
    this.#lastTickMs = now;
    this.#comparison.addPredicted(this.#feed.gather());
    this.#endSecond();
    if (this.#timeline.running && game.engine.result() !== null) this.#steer();
    if (now - this.#lastFrameMs >= FRAME_MS && this.#timeline.running) this.#post();
    if (now - this.#lastMeasuringMs >= MEASURING_MS) void this.#measure(now);
    this.#stopTicking = clock.later(() => this.#tick(), TICK_MS);
  }

  /** The machine slept: play stands where it was, and the load begins anew. */
  #wake(): void {
    this.#stand();
    this.#turn = this.#turn.then(() => this.#offering.stop(this.#options.game.engine.timeMs));
    this.#steer();
  }

  #endSecond(): void {
    const { game, scale, sandbox } = this.#options;
    const second = Math.floor(game.engine.timeMs / WINDOW_MS);
    if (second === this.#lastSecond || !this.#timeline.running) return;
    this.#lastSecond = second;
    const entry = sandbox.entry();
    const moved = entry !== this.#entry;
    this.#entry = entry;
    const wanted = game.engine.wantedPerSecond / scale;
    this.#offering.follow(second, wanted, moved).catch((error) => {
      this.#trouble('load', problemOf(error));
    });
  }

  #post(): void {
    this.#lastFrameMs = this.#options.clock.now();
    this.#feed.post(this.#shownSpeed());
  }

  async #measure(now: number): Promise<void> {
    if (this.#busyMeasuring) return;
    this.#busyMeasuring = true;
    this.#lastMeasuringMs = now;
    try {
      const seconds = await this.#measuring.take(now, this.#options.sandbox.service());
      this.#troubles.delete('telemetry');
      for (const second of seconds) this.#addMeasured(second);
    } catch (error) {
      this.#trouble('telemetry', problemOf(error));
    } finally {
      this.#busyMeasuring = false;
    }
    if (!this.#ended) this.#tell();
  }

  #addMeasured(second: MeasuredSecond): void {
    this.#dropped += second.droppedIterations;
    this.#valid = second.valid;
    this.#coresUsed = second.coresUsed;
    this.#feed.addMeasured(second.rows);
    this.#comparison.addMeasured(second);
    const service = second.rows.find((row) => row.node === END_TO_END);
    if (service !== undefined && second.valid) this.#options.game.engine.addMeasured(service);
  }

  #trouble(about: 'load' | 'telemetry', problem: RealProblem): void {
    this.#troubles.set(about, problem);
    if (!this.#ended) this.#tell();
  }

  #tell(): void {
    const { clock, told } = this.#options;
    const reachedWallMs = this.#timeline.wallAt(this.#measuring.reachedMs);
    told({
      load: this.#loadView(),
      measuredAgeMs: reachedWallMs === null ? null : Math.max(0, clock.now() - reachedWallMs),
      scorecard: this.#comparison.scorecard(),
      coresUsed: this.#coresUsed,
      troubles: [...this.#troubles.values()],
    });
  }

  #loadView(): LoadView | null {
    const { generation } = this.#offering;
    if (generation === null || !this.#timeline.running) return null;
    const ratePerSecond = this.#offering.loadAt(this.#lastSecond);
    return { generation, ratePerSecond, dropped: this.#dropped, valid: this.#valid };
  }
}
