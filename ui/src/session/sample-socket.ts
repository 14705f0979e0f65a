import type { RealMessage, RealRequest } from '@project-devops/simulation/protocol';
import type { SocketPort } from './real-link.ts';
import { createFakeOrchestrator } from './sample-real.ts';

type Listener = (event: never) => void;

/** A socket in this thread that opens when it is told to. */
export function createSampleSocket() {
  const listeners = new Map<string, Listener[]>();
  const sent: RealRequest[] = [];
  let heard: (request: RealRequest) => void = () => {};
  const emit = (type: string, event: object): void => {
    for (const listener of listeners.get(type) ?? []) listener(event as never);
  };
  const port = {
    send(text: string) {
      const request = JSON.parse(text) as RealRequest;
      sent.push(request);
      heard(request);
    },
    close: () => emit('close', {}),
    addEventListener(type: string, listener: Listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
  } as unknown as SocketPort;
  return {
    port,
    sent,
    open: () => emit('open', {}),
    drop: () => emit('close', {}),
    say: (message: RealMessage) => emit('message', { data: JSON.stringify(message) }),
    sayRaw: (data: unknown) => emit('message', { data }),
    /** Whoever answers what is sent. */
    answerWith(answer: (request: RealRequest) => void): void {
      heard = answer;
    },
  };
}
export type SampleSocket = ReturnType<typeof createSampleSocket>;

/** A fake orchestrator behind sockets that a page dials; `reachable: false` makes dialling fail. */
export function createSampleServer() {
  const sockets: SampleSocket[] = [];
  let reachable = true;
  let refusal: 'busy' | 'bad-request' | null = null;
  const fake = createFakeOrchestrator((message) => sockets.at(-1)?.say(message));

  function receive(request: RealRequest): void {
    if (refusal === null) fake.receive(request);
    else sockets.at(-1)?.say({ type: 'refused', code: refusal, message: 'not now' });
  }

  function connect(): SocketPort {
    const socket = createSampleSocket();
    sockets.push(socket);
    socket.answerWith(receive);
    queueMicrotask(() => {
      if (!reachable) return socket.drop();
      fake.greet();
      socket.open();
    });
    return socket.port;
  }

  return {
    fake,
    connect,
    cut(stays = true): void {
      reachable = stays;
      sockets.at(-1)?.drop();
    },
    refuseWith(code: typeof refusal): void {
      refusal = code;
    },
    mend(): void {
      reachable = true;
    },
    say: (message: RealMessage) => sockets.at(-1)?.say(message),
    /** The answers of the server get lost from now on. */
    mute: () => sockets.at(-1)?.answerWith(() => {}),
  };
}
