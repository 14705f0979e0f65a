import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ApiError } from '../errors.ts';

/** Quick to make, and within a tenth of the smallest size; browsers keep the hashed files anyway. */
const BROTLI_QUALITY = 5;
const COMPRESS_FROM_BYTES = 1_024;

/** The build names these files after their content, so a name never means anything else. */
const HASHED_FILES = 'assets/';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/** The built pages on disk. */
export interface UserInterface {
  isBuilt(): boolean;
  /** Sends the page; throws `ui-not-built` when there is none. */
  sendPage(reply: FastifyReply): void;
  /** Sends a file of the build; the not-found handler answers when there is none. */
  sendFile(reply: FastifyReply, path: string): void;
}

/** Compresses answers, and serves what the UI's build left in `directory`, also if it is built later. */
export async function addUserInterface(
  app: FastifyInstance,
  directory: string,
): Promise<UserInterface> {
  await app.register(compress, {
    encodings: ['br', 'gzip', 'identity'],
    threshold: COMPRESS_FROM_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
  await app.register(files, { serve: false });
  const isBuilt = () => existsSync(join(directory, 'index.html'));

  function send(reply: FastifyReply, path: string, cacheControl: string): void {
    reply.header('cache-control', cacheControl).sendFile(path, directory, {
      cacheControl: false,
      acceptRanges: false,
      dotfiles: 'ignore',
      index: false,
    });
  }

  return {
    isBuilt,
    sendPage(reply) {
      if (!isBuilt()) {
        throw new ApiError('ui-not-built', 'Run `npm run build`, then open this address again.');
      }
      send(reply, 'index.html', ASK_AGAIN);
    },
    sendFile: (reply, path) =>
      send(reply, path, path.startsWith(HASHED_FILES) ? FOR_EVER : ASK_AGAIN),
  };
}
