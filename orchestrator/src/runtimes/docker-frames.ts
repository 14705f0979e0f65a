const HEADER_BYTES = 8;
const LENGTH_AT = 4;

/**
 * Takes Docker's multiplexed streams apart: frames of a header (stream, length) and a text, both of the
 * program's streams in their order. Keeps the newest `maxBytes` of text.
 */
export class FrameReader {
  readonly #maxBytes: number;
  #pending: Buffer = Buffer.alloc(0);
  #text: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#pending, chunk]);
    let at = 0;
    const payloads = [this.#text];
    while (bytes.length - at >= HEADER_BYTES) {
      const end = at + HEADER_BYTES + bytes.readUInt32BE(at + LENGTH_AT);
      if (end > bytes.length) break;
      payloads.push(bytes.subarray(at + HEADER_BYTES, end));
      at = end;
    }
    this.#pending = bytes.subarray(at);
    this.#text = Buffer.concat(payloads).subarray(-this.#maxBytes);
  }

  /** What was told so far; a character that the limit cut in two is left out. */
  get text(): string {
    return this.#text.toString('utf8').replace(/^\uFFFD+/, '');
  }
}
