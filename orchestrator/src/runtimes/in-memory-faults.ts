import { type Clock, sleep } from '../clock.ts';
import { type ContainerRuntime, RuntimeError } from './container-runtime.ts';

/** The calls of the port that can be made to fail. */
export type RuntimeCall = Exclude<keyof ContainerRuntime, 'name' | 'watch' | symbol>;

interface Fault {
  readonly call: RuntimeCall;
  readonly kind: 'refuse' | 'lose-answer';
  readonly error: RuntimeError;
  left: number;
}

/** What goes wrong with the engine; tests set it, the double obeys. */
export class EngineFaults {
  readonly #clock: Clock;
  readonly #faults: Fault[] = [];
  readonly #delaysMs = new Map<RuntimeCall, number>();
  #away = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get away(): boolean {
    return this.#away;
  }

  set away(away: boolean) {
    this.#away = away;
  }

  /** The next `times` calls fail and have done nothing. */
  refuse(call: RuntimeCall, error: RuntimeError, times = 1): void {
    this.#faults.push({ call, kind: 'refuse', error, left: times });
  }

  /** The next `times` calls do what they should, but their answers are cut off. */
  loseAnswer(call: RuntimeCall, times = 1): void {
    const error = new RuntimeError('broken-answer', `The answer to ${call} was cut off.`);
    this.#faults.push({ call, kind: 'lose-answer', error, left: times });
  }

  /** Every call of this kind takes so long from now on. */
  delay(call: RuntimeCall, ms: number): void {
    this.#delaysMs.set(call, ms);
  }

  /** Does what a call does, with all that goes wrong. */
  async during<T>(call: RuntimeCall, act: () => T | Promise<T>): Promise<T> {
    const delayMs = this.#delaysMs.get(call) ?? 0;
    if (delayMs > 0) await sleep(this.#clock, delayMs);
    if (this.#away) throw new RuntimeError('unreachable', 'The container engine does not answer.');
    const fault = this.#take(call);
    if (fault?.kind === 'refuse') throw fault.error;
    const answer = await act();
    if (fault !== undefined) throw fault.error;
    return answer;
  }

  #take(call: RuntimeCall): Fault | undefined {
    const fault = this.#faults.find((other) => other.call === call && other.left > 0);
    if (fault !== undefined) fault.left--;
    return fault;
  }
}
