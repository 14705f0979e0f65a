import { LATENCY_BOUNDS_MS, LATENCY_BOUNDS_SECONDS } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { boundOf, causeOf, causeOfError } from './outcome.ts';

const answer = (status: number, cause?: string) => ({
  status,
  headers: cause === undefined ? {} : { 'X-Failure-Cause': cause },
});

describe('the cause of a failure', () => {
  it.each([
    ['served', answer(200), null],
    ['told by the service', answer(503, 'queue-full'), 'queue-full'],
    ['told, but no cause we know', answer(503, 'bad-luck'), 'dependency-failed'],
    ['an error without a cause', answer(500), 'dependency-failed'],
  ])('%s', (_, given, cause) => {
    expect(causeOf(given)).toBe(cause);
  });

  it.each([
    ['given up by k6', 'request timeout', 'time-out'],
    ['never connected', 'dial tcp entry:8080: i/o timeout', 'time-out'],
    ['refused', 'dial tcp entry:8080: connect: connection refused', 'connection-refused'],
    ['reset', 'read tcp clients:4->entry:8080: read: connection reset by peer', 'node-down'],
    ['no such host', 'lookup nowhere on 127.0.0.11:53: no such host', 'node-down'],
    ['closed', 'EOF', 'node-down'],
  ])('without an answer: %s', (_, error, cause) => {
    expect(causeOfError(`Get "http://entry:8080/r/home": ${error}`)).toBe(cause);
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
