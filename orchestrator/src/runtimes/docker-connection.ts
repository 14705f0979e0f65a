import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import Docker from 'dockerode';
import type { Clock } from '../clock.ts';
import { RuntimeError } from './container-runtime.ts';
import { addressText, type DockerAddress } from './docker-address.ts';
import { brokenAnswer, toRuntimeError } from './docker-errors.ts';

/** Longest time a question may take, if it says nothing else. */
export const ANSWER_DEADLINE_MS = 15_000;
/** A connection that closed has this long to hand on what it still holds. */
const CLOSE_GRACE_MS = 100;

export type Question<T> = (docker: Docker) => Promise<T>;

/**
 * The way to one engine. The client library neither ends a call whose answer is cut off nor one that is never
 * answered, so each question gets a connection, a watch over it and a deadline of its own.
 */
export class DockerConnection {
  readonly #address: DockerAddress;
  readonly #clock: Clock;

  constructor(address: DockerAddress, clock: Clock) {
    this.#address = address;
    this.#clock = clock;
  }

  /** Whether the engine is reached without a network, and so probably shares this machine's disk. */
  get isLocal(): boolean {
    return this.#address.transport === 'socket';
  }

  /** Asks once; `subject` names in errors what it is about. Rejects with a `RuntimeError`. */
  async ask<T>(
    subject: string | null,
    question: Question<T>,
    deadlineMs = ANSWER_DEADLINE_MS,
  ): Promise<T> {
    const failed = Promise.withResolvers<never>();
    let settled = false;
    const fail = (error: RuntimeError, ms: number) =>
      settled ? () => undefined : this.#clock.later(() => failed.reject(error), ms);
    const cutOff = () => fail(brokenAnswer(subject, 'it was cut off'), CLOSE_GRACE_MS);
    const agent = this.#agent(cutOff);
    const cancel = fail(this.#late(subject, deadlineMs), deadlineMs);
    try {
      return await Promise.race([question(this.#client(agent)), failed.promise]);
    } catch (error) {
      throw toRuntimeError(error, subject, addressText(this.#address));
    } finally {
      settled = true;
      cancel();
      agent.destroy();
    }
  }

  /**
   * Opens an answer that goes on; it has no deadline once it has begun and ends with `signal`. Rejects with a
   * `RuntimeError`; what breaks later is told by the stream.
   */
  async open(
    subject: string | null,
    question: Question<NodeJS.ReadableStream>,
    signal: AbortSignal,
  ): Promise<Readable> {
    const failed = Promise.withResolvers<never>();
    const late = () => failed.reject(this.#late(subject, ANSWER_DEADLINE_MS));
    const cancel = this.#clock.later(late, ANSWER_DEADLINE_MS);
    const agent = this.#agent(() => undefined);
    const end = () => agent.destroy();
    signal.addEventListener('abort', end);
    try {
      signal.throwIfAborted();
      const answer = await Promise.race([question(this.#client(agent)), failed.promise]);
      answer.once('close', () => signal.removeEventListener('abort', end));
      return answer as Readable;
    } catch (error) {
      signal.removeEventListener('abort', end);
      agent.destroy();
      throw toRuntimeError(error, subject, addressText(this.#address));
    } finally {
      cancel();
    }
  }

  #late(subject: string | null, deadlineMs: number): RuntimeError {
    const text = `Docker at ${addressText(this.#address)} did not answer about ${subject ?? 'itself'} within ${deadlineMs / 1_000} s.`;
    return new RuntimeError('timed-out', text, subject);
  }

  #client(agent: Agent): Docker {
    const address = this.#address;
    // An empty host keeps the library from falling back on its own reading of DOCKER_HOST.
    if (address.transport === 'socket') {
      return new Docker({ host: '', socketPath: address.path, protocol: 'http', ...{ agent } });
    }
    const { host, port } = address;
    const where = { host, port, ...{ agent, pathPrefix: '/' } };
    if (address.transport === 'tcp') return new Docker({ ...where, protocol: 'http' });
    return new Docker({ ...where, protocol: 'https', ...address.certificates });
  }

  #agent(onClose: () => void): Agent {
    const agent = this.#address.transport === 'tls' ? new TlsAgent() : new Agent();
    const connect = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => {
      const socket = connect(options, callback);
      socket?.once('close', onClose);
      return socket;
    };
    return agent;
  }
}
