/**
 * The configuration that each container was last seen to take. What is not known is null, and is put in
 * force again: that costs little and does no harm.
 */
export class AppliedConfigurations {
  readonly #byId = new Map<string, string>();

  of(id: string): string | null {
    return this.#byId.get(id) ?? null;
  }

  remember(id: string, configuration: string): void {
    this.#byId.set(id, configuration);
  }

  forget(id: string): void {
    this.#byId.delete(id);
  }

  /** After a restart of a container: it came back as it was made, perhaps at another address. */
  forgetAll(): void {
    this.#byId.clear();
  }
}
