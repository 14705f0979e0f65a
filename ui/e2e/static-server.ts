import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A server that knows nothing but files. */
export interface StaticServer extends AsyncDisposable {
  readonly address: string;
}

/** Serves a folder below `/a/folder/`, so that a page which expects to be at the root fails. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const prefix = '/a/folder/';
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const path = pathname === prefix ? 'index.html' : pathname.slice(prefix.length);
    try {
      if (!pathname.startsWith(prefix)) throw new Error('outside of the folder');
      const content = await readFile(join(folder, normalize(path)));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
