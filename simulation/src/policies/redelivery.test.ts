import { describe, expect, it } from 'vitest';
import { afterFailure, LONGEST_BACKOFF_MS } from './redelivery.ts';

describe('a message whose processing failed', () => {
  it('comes again after waits that double up to the longest one', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((n) => afterFailure(n, 10_000));
    expect(waits).toEqual(
      [
        200,
        400,
        800,
        1_600,
        3_200,
        6_400,
        LONGEST_BACKOFF_MS,
        LONGEST_BACKOFF_MS,
        LONGEST_BACKOFF_MS,
      ].map((afterMs) => ({ outcome: 'redeliver', afterMs })),
    );
  });

  it('becomes a dead letter when it has been delivered as often as allowed', () => {
    expect(afterFailure(2, 3).outcome).toBe('redeliver');
    expect(afterFailure(3, 3)).toEqual({ outcome: 'dead-letter' });
    expect(afterFailure(1, 1)).toEqual({ outcome: 'dead-letter' });
  });
});
