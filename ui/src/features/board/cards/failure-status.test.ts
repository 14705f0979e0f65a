import { describe, expect, it } from 'vitest';
import { countsByStatus, mainCause } from './failure-status.ts';

describe('failures', () => {
  it('have the most frequent cause as the main one', () => {
    expect(mainCause({ 'queue-full': 3, 'time-out': 9, 'no-route': 0 })).toEqual({
      cause: 'time-out',
      count: 9,
    });
    expect(mainCause({ 'no-route': 0 })).toBeNull();
  });

  it('are added up by the status that clients get', () => {
    expect(countsByStatus({ 'queue-full': 3, 'no-route': 2, 'time-out': 9 })).toEqual([
      { status: 504, count: 9 },
      { status: 502, count: 5 },
    ]);
    expect(countsByStatus({})).toEqual([]);
  });
});
