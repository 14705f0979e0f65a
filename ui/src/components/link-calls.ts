import type { LinkView, Operation } from '@project-devops/simulation/protocol';
import { OPERATIONS } from '@project-devops/simulation/protocol';

/** The operations a link carried with their calls, in the order of the operations; without those it did not carry. */
export function callsOf({ calls }: Pick<LinkView, 'calls'>): [Operation, number][] {
  return OPERATIONS.flatMap((operation): [Operation, number][] => {
    const count = calls[operation] ?? 0;
    return count > 0 ? [[operation, count]] : [];
  });
}
