/** Kinds of events in the simulator's queue, with their two words. */

/** A call reaches its target; the request. */
export const CALL_ARRIVED = 1;
/** An answer reaches the caller, or background work its node; the request. */
export const ANSWERED = 2;
/** A station's own event; the station and its word. */
export const STATION = 3;
/** The first of a deadline list is due; the list. */
export const DEADLINE = 4;
/** A node has started; the node and the version of its start. */
export const STARTED = 5;
/** A node's timer rings; the timer and the version of its setting. */
export const NODE_TIMER = 6;
/** A lost packet is sent again; the request and its wait ticket. */
export const RESENT = 7;
/** A leaking node's memory may be full; the node. */
export const MEMORY_FULL = 8;
/** An attempt's answer reaches the caller; the attempt. */
export const ATTEMPT_ANSWERED = 9;
/** The pause before another attempt is over; the request and the ticket of its call. */
export const RETRY = 10;
