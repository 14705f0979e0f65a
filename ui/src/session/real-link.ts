import type { RealMessage, RealRequest } from '@project-devops/simulation/protocol';

/** The part of a WebSocket that a link uses. */
export type SocketPort = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;

export interface LinkListener {
  /** Connected, or connected again: the session is to be opened or resumed. */
  connected(): void;
  message(message: RealMessage): void;
  /** The connection is gone; the link tries again by itself. */
  lost(): void;
}

/** Waits between attempts in ms; the last one repeats. */
const BACK_OFF_MS = [300, 700, 1_500, 3_000, 5_000] as const;
const LONGEST_WAIT_MS = 5_000;

function read(data: unknown): RealMessage | null {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as RealMessage) : null;
  } catch {
    return null;
  }
}

/** A connection to the orchestrator that comes back by itself until it is closed. Messages sent while it is away are dropped. */
export function createRealLink(connect: () => SocketPort, listener: LinkListener) {
  let socket: SocketPort | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let isOpen = false;
  let isClosed = false;

  function onOpen(mine: SocketPort): void {
    if (socket !== mine) return;
    attempts = 0;
    isOpen = true;
    listener.connected();
  }

  function onClose(mine: SocketPort): void {
    if (socket !== mine || isClosed) return;
    socket = null;
    isOpen = false;
    const wait = BACK_OFF_MS[attempts] ?? LONGEST_WAIT_MS;
    attempts++;
    timer = setTimeout(dial, wait);
    listener.lost();
  }

  function dial(): void {
    clearTimeout(timer);
    const mine = connect();
    socket = mine;
    mine.addEventListener('open', () => onOpen(mine));
    mine.addEventListener('close', () => onClose(mine));
    mine.addEventListener('message', ({ data }) => {
      const message = socket === mine && !isClosed ? read(data) : null;
      if (message !== null) listener.message(message);
    });
  }

  dial();
  return {
    send(request: RealRequest): void {
      if (isOpen) socket?.send(JSON.stringify(request));
    },
    /** Gives up a connection that has fallen silent, and makes a new one. */
    renew(): void {
      const silent = socket;
      if (silent === null || isClosed) return;
      silent.close();
      onClose(silent);
    },
    /** What was sent before still arrives. */
    close(): void {
      isClosed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
export type RealLink = ReturnType<typeof createRealLink>;

/** Opens the socket of the server that served the page. */
export function connectToServer(base = document.baseURI): SocketPort {
  const url = new URL('api/v1/real-session', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url);
}
