/** A reply of Redis: a line, a number, a value, or null for a value that is not there. */
export type Reply = string | number | Buffer | null | ReplyError;

/** Redis refused the command. */
export class ReplyError extends Error {}

const CR_LF = '\r\n';
const LENGTH_OF_CR_LF = 2;
const [LINE, ERROR, NUMBER, VALUE] = [...'+-:$'].map((sign) => sign.charCodeAt(0));

/** A command in the Redis serialization protocol, version 2, in pieces to be written one behind the other. */
export function encode(words: readonly (string | Buffer)[]): (string | Buffer)[] {
  const pieces: (string | Buffer)[] = [];
  let text = `*${words.length}${CR_LF}`;
  for (const word of words) {
    text += `$${Buffer.byteLength(word)}${CR_LF}`;
    if (typeof word === 'string') text += word;
    else {
      pieces.push(text, word);
      text = '';
    }
    text += CR_LF;
  }
  pieces.push(text);
  return pieces;
}

/** Takes replies out of what arrives, in whatever pieces it comes. */
export class ReplyReader {
  #unread: Buffer = Buffer.alloc(0);

  /** The replies that are complete now. Throws on a type of reply that none of our commands has. */
  read(arrived: Buffer): Reply[] {
    const bytes = this.#unread.length === 0 ? arrived : Buffer.concat([this.#unread, arrived]);
    const replies: Reply[] = [];
    let at = 0;
    for (let next = replyAt(bytes, at); next !== null; next = replyAt(bytes, at)) {
      replies.push(next.reply);
      at = next.end;
    }
    this.#unread = bytes.subarray(at);
    return replies;
  }
}

/** The reply that begins at a place, and where it ends; null when it is not complete. */
function replyAt(bytes: Buffer, at: number): { reply: Reply; end: number } | null {
  const lineEnd = bytes.indexOf(CR_LF, at, 'latin1');
  if (lineEnd < 0) return null;
  const line = bytes.toString('latin1', at + 1, lineEnd);
  const end = lineEnd + LENGTH_OF_CR_LF;
  switch (bytes[at]) {
    case LINE:
      return { reply: line, end };
    case ERROR:
      return { reply: new ReplyError(line), end };
    case NUMBER:
      return { reply: Number(line), end };
    case VALUE:
      return valueAt(bytes, end, Number(line));
    default:
      throw new ReplyError(`Redis sent a reply of an unknown type: ${line.slice(0, 40)}`);
  }
}

function valueAt(bytes: Buffer, at: number, length: number): { reply: Reply; end: number } | null {
  if (length < 0) return { reply: null, end: at };
  const end = at + length + LENGTH_OF_CR_LF;
  return bytes.length < end ? null : { reply: bytes.subarray(at, at + length), end };
}
