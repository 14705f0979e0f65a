import { describe, expect, it } from 'vitest';
import { listenAgain, ownerIsGone, type Silence } from './silence.ts';

const NEVER: Silence = { beatMs: null, silentMs: 0 };

/** Looks once a second at a heartbeat that was last seen to beat at these times. */
function after(start: Silence, beats: readonly (number | null)[], stepMs = 1_000): Silence {
  return beats.reduce<Silence>((silence, beat) => listenAgain(silence, beat, stepMs), start);
}

const still = (beat: number | null, seconds: number) => Array.from({ length: seconds }, () => beat);

describe('listening to a heartbeat', () => {
  it('takes an owner for gone after 12 s without a beat', () => {
    const alive = after(NEVER, still(5_000, 12));
    expect(ownerIsGone(alive)).toBe(false);
    expect(ownerIsGone(after(alive, [5_000]))).toBe(true);
  });

  it('begins anew with each beat, wherever the clock that wrote it stands', () => {
    const silence = after(NEVER, [...still(5_000, 12), 4_000, ...still(4_000, 11)]);
    expect(silence).toEqual({ beatMs: 4_000, silentMs: 11_000 });
  });

  it('takes an owner for gone 5 s after the file went, unless it is written anew', () => {
    const beaten = after(NEVER, [5_000]);
    expect(ownerIsGone(after(beaten, still(null, 4)))).toBe(false);
    expect(ownerIsGone(after(beaten, still(null, 5)))).toBe(true);
    expect(ownerIsGone(after(beaten, [...still(null, 4), 7_000]))).toBe(false);
  });

  it('gives the owner a whole new period after the machine slept', () => {
    const nearly = after(NEVER, still(5_000, 12));
    const woken = listenAgain(nearly, 5_000, 3_600_000);
    expect(woken.silentMs).toBe(0);
    expect(ownerIsGone(after(woken, still(5_000, 11)))).toBe(false);
    expect(ownerIsGone(after(woken, still(5_000, 12)))).toBe(true);
  });

  it('counts late looks of a busy machine, and none for a clock set back', () => {
    expect(after(NEVER, still(5_000, 4), 4_000).silentMs).toBe(12_000);
    expect(listenAgain({ beatMs: 1, silentMs: 3_000 }, 1, -50_000).silentMs).toBe(3_000);
  });
});
