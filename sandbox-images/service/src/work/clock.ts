/** Milliseconds since an arbitrary instant, never going back. */
export type Clock = () => number;
