import { connect, createServer, type Socket } from 'node:net';

/** What happens to a request: its answer is cut off after some bytes, never comes, or is another one. */
export type ProxyFault =
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'answer'; readonly status: number; readonly message: string };

/** A stand-in for the engine's socket that hands everything on, but for the faults ordered. */
export interface EngineProxy extends AsyncDisposable {
  readonly path: string;
  /** The next requests whose first line ("POST /containers/create?name=…") fits. */
  fault(request: RegExp, fault: ProxyFault, times?: number): void;
  /** Cuts every connection there is. */
  cut(): void;
  /** The engine goes away with all its connections, or listens again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface Order {
  readonly request: RegExp;
  readonly fault: ProxyFault;
  left: number;
}

export async function startEngineProxy(path: string, enginePath: string): Promise<EngineProxy> {
  const orders: Order[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    track(sockets, client);
    client.once('data', (request) => {
      const line = request.toString('latin1').split('\r\n', 1)[0] ?? '';
      const order = orders.find((one) => one.left > 0 && one.request.test(line));
      if (order !== undefined) order.left--;
      serve(client, request, order?.fault);
    });
  });

  function serve(client: Socket, request: Buffer, fault: ProxyFault | undefined): void {
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'answer') return void client.end(answer(fault));
    const engine = track(sockets, connect(enginePath));
    engine.write(request);
    client.pipe(engine);
    client.once('close', () => engine.destroy());
    if (fault === undefined) return void engine.pipe(client);
    const limit = fault.kind === 'truncate' ? fault.afterBytes : 0;
    let sent = 0;
    engine.on('data', (chunk: Buffer) => {
      const part = chunk.subarray(0, limit - sent);
      sent += part.length;
      if (part.length > 0) client.write(part);
      if (sent === limit) client.end();
    });
  }

  const start = () => new Promise<void>((resolve) => server.listen(path, resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    cut();
    await closed;
  };
  await start();
  return {
    path,
    fault: (request, fault, times = 1) => void orders.push({ request, fault, left: times }),
    cut,
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function track(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
  return socket;
}

function answer({ status, message }: Extract<ProxyFault, { kind: 'answer' }>): string {
  const body = JSON.stringify({ message });
  return `HTTP/1.1 ${status} Fault\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}
