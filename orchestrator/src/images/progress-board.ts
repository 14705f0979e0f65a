import type { ImageProgress } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';

/** A line says more often what is done than anybody can read. */
const TELL_MS = 250;
/** So that a step that says nothing is still seen to take its time. */
const TICK_MS = 1_000;
const MAX_LETTERS = 120;

/** How far each image is, told to one listener: at once when a status changes, else a few times a second. */
export class ProgressBoard implements Disposable {
  readonly #states = new Map<string, { status: ImageProgress['status']; doing: string }>();
  readonly #clock: Clock;
  readonly #listener: (progress: readonly ImageProgress[]) => void;
  #startedMs = 0;
  #toldMs = 0;
  #cancelTick = () => {};

  constructor(
    images: readonly string[],
    clock: Clock,
    listener: (progress: readonly ImageProgress[]) => void,
  ) {
    for (const image of images) this.#states.set(image, { status: 'waiting', doing: '' });
    this.#clock = clock;
    this.#listener = listener;
    this.#tell();
  }

  /** Work on an image begins; the answer says what is done at the moment. */
  begin(image: string): (text: string) => void {
    this.#startedMs = this.#clock.now();
    this.#set(image, 'working', '');
    return (text) => this.#say(image, text);
  }

  finish(image: string): void {
    this.#set(image, 'ready', '');
  }

  [Symbol.dispose](): void {
    this.#cancelTick();
  }

  #set(image: string, status: ImageProgress['status'], doing: string): void {
    this.#states.set(image, { status, doing });
    this.#tell();
  }

  #say(image: string, text: string): void {
    this.#states.set(image, { status: 'working', doing: text.trim().slice(0, MAX_LETTERS) });
    if (this.#clock.now() - this.#toldMs >= TELL_MS) this.#tell();
  }

  #tell(): void {
    const nowMs = this.#clock.now();
    this.#toldMs = nowMs;
    this.#cancelTick();
    const states = [...this.#states];
    this.#listener(
      states.map(([image, { status, doing }]) => ({
        image,
        status,
        doing,
        sinceMs: status === 'working' ? nowMs - this.#startedMs : 0,
      })),
    );
    const works = states.some(([, { status }]) => status === 'working');
    this.#cancelTick = works ? this.#clock.later(() => this.#tell(), TICK_MS) : () => {};
  }
}
