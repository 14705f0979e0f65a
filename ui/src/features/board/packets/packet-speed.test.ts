import { describe, expect, it } from 'vitest';
import { motionFactor, packetSpeed } from './packet-speed.ts';

describe('the speed of packets', () => {
  it('falls as latency grows', () => {
    const speeds = [5, 20, 80, 320].map(packetSpeed);
    expect(speeds).toEqual(speeds.toSorted((a, b) => b - a));
    expect(packetSpeed(20) / packetSpeed(80)).toBeCloseTo(2);
  });

  it('stays readable at both ends', () => {
    expect(packetSpeed(0)).toBe(packetSpeed(1));
    expect(packetSpeed(30_000)).toBe(packetSpeed(60_000));
    expect(packetSpeed(60_000)).toBeGreaterThan(20);
    expect(packetSpeed(null)).toBeGreaterThan(20);
  });

  it('is nothing in a paused game', () => {
    expect(motionFactor(0)).toBe(0);
    expect(motionFactor(4)).toBeGreaterThan(motionFactor(1));
  });
});
