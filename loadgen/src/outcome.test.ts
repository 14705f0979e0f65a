import { LATENCY_BOUNDS_MS, LATENCY_BOUNDS_SECONDS } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { boundOf, causeOf } from './outcome.ts';

const answer = (status: number, error_code = 0, cause?: string) => ({
  status,
  error_code,
  headers: cause === undefined ? {} : { 'X-Failure-Cause': cause },
});

describe('the cause of a failure', () => {
  it.each([
    ['served', answer(200), null],
    ['told by the service', answer(503, 1503, 'queue-full'), 'queue-full'],
    ['told, but no cause we know', answer(503, 1503, 'bad-luck'), 'dependency-failed'],
    ['an error without a cause', answer(500, 1500), 'dependency-failed'],
    ['given up by k6', answer(0, 1050), 'time-out'],
    ['never connected', answer(0, 1211), 'time-out'],
    ['refused', answer(0, 1212), 'connection-refused'],
    ['reset in the middle', answer(0, 1220), 'node-down'],
    ['no such host', answer(0, 1101), 'node-down'],
  ])('%s', (_, given, cause) => {
    expect(causeOf(given)).toBe(cause);
  });
});

describe('the bucket of a latency', () => {
  it('is the least bound that is not below it', () => {
    expect(Number(boundOf(0))).toBeCloseTo(0.0001, 9);
    expect(Number(boundOf(0.1))).toBeCloseTo(0.0001, 9);
    expect(Number(boundOf(0.11))).toBeCloseTo(0.00012, 9);
    expect(boundOf(10_000)).toBe('10');
    expect(boundOf(10_000.1)).toBe('+Inf');
  });

  it('finds each bound itself', () => {
    expect(LATENCY_BOUNDS_MS.map((ms) => Number(boundOf(ms)))).toEqual(LATENCY_BOUNDS_SECONDS);
  });
});
