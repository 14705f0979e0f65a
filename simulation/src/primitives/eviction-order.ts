/** Which of the items in a full store makes room for a new one. Items are numbered densely from 0. */
export interface EvictionOrder {
  /** An item was asked for, whether or not it is there. */
  asked(item: number, present: boolean): void;
  /** An item has come into the store. */
  add(item: number): void;
  /** An item has left the store. */
  remove(item: number): void;
  /** The item to push out next, -1 when the store is empty. */
  victim(): number;
  /** Whether an item that is not there is worth more than the victim is. */
  admits(item: number, victim: number): boolean;
  /** Forgets everything it has learnt about the items; to be called on an empty store only. */
  reset(): void;
}
