import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';
import { LeaseTable } from './lease-table.ts';

describe('LeaseTable', () => {
  it('remembers an answer as long as somebody is in line for it', () => {
    const leases = new LeaseTable(new Jobs(4));
    expect([leases.lock(7, 0, 0), leases.lock(7, 1, 0), leases.lock(7, 2, 0)]).toEqual([
      true,
      false,
      false,
    ]);
    leases.answer(7);
    expect([leases.unlock(7, 5), leases.isAnswered(7)]).toEqual([1, true]);
    expect([leases.unlock(7, 5), leases.isAnswered(7)]).toEqual([2, true]);
    expect([leases.unlock(7, 5), leases.isAnswered(7)]).toEqual([-1, false]);
  });

  it('keeps an answer for the first of all jobs as for any other', () => {
    const leases = new LeaseTable(new Jobs(4));
    leases.lock(7, 1, 0);
    leases.lock(7, 0, 0);
    leases.answer(7);
    expect([leases.unlock(7, 5), leases.isAnswered(7)]).toEqual([0, true]);
  });

  it('passes on unanswered what its holder gave up', () => {
    const leases = new LeaseTable(new Jobs(4));
    leases.lock(7, 0, 0);
    leases.lock(7, 1, 0);
    expect([leases.unlock(7, 5), leases.isAnswered(7)]).toEqual([1, false]);
  });
});
