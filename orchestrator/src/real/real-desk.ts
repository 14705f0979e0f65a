import type {
  DispatchResult,
  RealMessage,
  RealRequest,
  RealState,
} from '@project-devops/simulation/protocol';
import { RealSession, type RealSessionPorts } from './real-session.ts';

/** A session that no page shows any more is left after this time. */
const ORPHAN_MS = 30_000;

type RefusalCode = Extract<RealMessage, { type: 'refused' }>['code'];

/** One page's end of its socket. */
export interface Page {
  send(message: RealMessage): void;
}

/** The one session of real mode, and the page that holds it. */
export class RealDesk {
  readonly #ports: RealSessionPorts;
  #session: RealSession | null = null;
  #holder: { readonly page: Page; readonly stop: () => void } | null = null;
  #openedAtMs = 0;
  /** Answers by the command's id: a page that missed one asks again after it came back. */
  readonly #answers = new Map<number, DispatchResult>();
  #cancelOrphan: () => void = () => undefined;

  constructor(ports: RealSessionPorts) {
    this.#ports = ports;
  }

  get session(): RealSession | null {
    return this.#session;
  }

  get state(): RealState {
    return this.#session?.state ?? { phase: 'off' };
  }

  /** Takes a page's request; every refusal is sent to it. */
  receive(page: Page, request: RealRequest): void {
    if (request.type === 'open') return this.#open(page, request);
    if (request.type === 'resume') return this.#resume(page);
    const session = this.#session;
    if (session === null || this.#holder?.page !== page) {
      return refuse(page, 'nothing-open', 'This page holds no real-mode session.');
    }
    switch (request.type) {
      case 'command':
        return page.send({
          type: 'answer',
          id: request.id,
          result: this.#answer(session, request),
        });
      case 'run':
        return page.send({ type: 'run', id: request.id, run: session.run() });
      case 'set-speed':
        return session.setSpeed(request.speed);
      case 'set-judge':
        return session.setJudge(request.judge);
      case 'leave':
        return void this.#leave(session);
    }
  }

  /** A page's socket is gone; its session waits a while for it to come back. */
  closed(page: Page): void {
    if (this.#holder?.page !== page) return;
    this.#release();
    const session = this.#session;
    if (session === null) return;
    this.#cancelOrphan = this.#ports.clock.later(() => void this.#leave(session), ORPHAN_MS);
  }

  /** Ends the session, if any; resolves when nothing of it is left. */
  async close(): Promise<void> {
    this.#cancelOrphan();
    if (this.#session !== null) await this.#leave(this.#session);
  }

  #open(page: Page, request: Extract<RealRequest, { type: 'open' }>): void {
    if (this.#isBusy()) return refuse(page, 'busy', this.#busyText());
    let session: RealSession;
    try {
      session = new RealSession(this.#ports, request);
    } catch (error) {
      return refuse(page, 'bad-request', (error as Error).message);
    }
    this.#session = session;
    this.#answers.clear();
    this.#openedAtMs = this.#ports.clock.now();
    this.#hold(page, session);
    void session.start();
  }

  /** Each command is done once, however often it is sent. */
  #answer(
    session: RealSession,
    { id, command }: Extract<RealRequest, { type: 'command' }>,
  ): DispatchResult {
    const known = this.#answers.get(id);
    if (known !== undefined) return known;
    const answer = session.dispatch(command);
    this.#answers.set(id, answer);
    return answer;
  }

  #resume(page: Page): void {
    if (this.#session === null)
      return refuse(page, 'nothing-open', 'No real-mode session is open.');
    if (this.#holder !== null && this.#holder.page !== page) {
      refuse(this.#holder.page, 'busy', 'Another page of this browser went on with the session.');
    }
    this.#hold(page, this.#session);
  }

  #hold(page: Page, session: RealSession): void {
    this.#release();
    this.#cancelOrphan();
    this.#holder = { page, stop: session.follow((message) => page.send(message)) };
  }

  #release(): void {
    this.#holder?.stop();
    this.#holder = null;
  }

  async #leave(session: RealSession): Promise<void> {
    await session.leave();
    if (this.#session !== session) return;
    this.#release();
    if (session.state.phase === 'off') this.#session = null;
  }

  #isBusy(): boolean {
    return !['off', 'failed'].includes(this.state.phase);
  }

  #busyText(): string {
    const since = new Date(this.#openedAtMs).toISOString().slice(11, 19);
    const holder = this.#holder === null ? 'A page that was closed' : 'Another page of this server';
    return `${holder} has held the real-mode session since ${since} UTC. Only one runs at a time: leave real mode there first.`;
  }
}

function refuse(page: Page, code: RefusalCode, message: string): void {
  page.send({ type: 'refused', code, message });
}
