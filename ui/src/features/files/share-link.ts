/** Longest fragment that is made or read, in characters; browsers and messengers cut longer addresses. */
export const MAX_FRAGMENT = 64_000;
/** Most characters that a fragment may grow to when it is unpacked. */
export const MAX_UNPACKED = 4 * 1024 * 1024;
const PREFIX = '#run=';

const toBase64Url = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8_192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  }
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** Packs a text into a fragment `#run=…`; null when it would be too long for an address. */
export async function toFragment(text: string): Promise<string | null> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const fragment = PREFIX + toBase64Url(bytes);
  return fragment.length <= MAX_FRAGMENT ? fragment : null;
}

export type Unpacked =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: 'too-long' | 'damaged' };

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Unpacked> {
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .pipeThrough(new TextDecoderStream('utf-8', { fatal: true }))
    .getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (text.length > MAX_UNPACKED) {
      await reader.cancel();
      return { kind: 'refused', reason: 'too-long' };
    }
  }
  return { kind: 'text', text };
}

/** Reads what `toFragment` made; stops as soon as a limit is passed. The text is still to be checked. */
export async function fromFragment(fragment: string): Promise<Unpacked> {
  if (!fragment.startsWith(PREFIX)) return { kind: 'none' };
  if (fragment.length > MAX_FRAGMENT) return { kind: 'refused', reason: 'too-long' };
  try {
    return await unpack(fromBase64Url(fragment.slice(PREFIX.length)));
  } catch {
    return { kind: 'refused', reason: 'damaged' };
  }
}
