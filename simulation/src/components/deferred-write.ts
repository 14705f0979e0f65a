import type { Component, Surroundings } from '../execution/component.ts';
import { aside, burst, call, compose, draw, type Step } from '../execution/step.ts';
import { DEFAULT_MESSAGE_KIB, QUEUE_DEFAULTS, type RequestClass } from '../protocol/index.ts';

/** Where an application leaves writes for later. */
export const QUEUE_ROUTES = { queue: [['queue']] } as const satisfies Component['routes'];

/** Whether an application leaves the class's writes to a queue; a write to two services at once never is left. */
export function defersWrites({ deferrable = true }: RequestClass, around: Surroundings): boolean {
  return deferrable && around.linked('queue');
}

/**
 * A write that a worker does later: the application sends a message about the row and goes on once the queue
 * has acknowledged it; at once, whatever becomes of the message, when every linked queue's `acks` is `none`.
 */
export function deferredWrite(requestClass: RequestClass, around: Surroundings): readonly Step[] {
  const produce = call('queue', 'produce');
  return [
    burst('cpu', 'app-produce'),
    draw('rows'),
    compose(requestClass.messageKiB ?? DEFAULT_MESSAGE_KIB),
    waitsForNothing(around) ? aside(produce) : produce,
  ];
}

function waitsForNothing(around: Surroundings): boolean {
  return around
    .targets('queue')
    .every((node) => node.kind === 'queue' && (node.acks ?? QUEUE_DEFAULTS.acks) === 'none');
}
