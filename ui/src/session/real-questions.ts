import type {
  DispatchResult,
  RealMessage,
  RealRequest,
  Run,
} from '@project-devops/simulation/protocol';

type Question = Extract<RealRequest, { type: 'command' | 'run' }>;
type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'id'> : never) : never;

interface Waiting {
  readonly question: Question;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Commands and requests for the run, each with its answer. What has none yet is asked again, under its id, when the connection is back. */
export function createQuestions(send: (request: RealRequest) => void) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isReady = false;

  function ask(asked: Asked): Promise<unknown> {
    const question = { ...asked, id: ++lastId } as Question;
    return new Promise((resolve, reject) => {
      waiting.set(question.id, { question, resolve, reject });
      if (isReady) send(question);
    });
  }

  function settle(id: number, answer: unknown): void {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  }

  return {
    command: (command: Extract<Question, { type: 'command' }>['command']) =>
      ask({ type: 'command', command }) as Promise<DispatchResult>,
    run: () => ask({ type: 'run' }) as Promise<Run>,
    /** The server knows the session: whatever waits is asked. */
    ready(): void {
      isReady = true;
      for (const { question } of waiting.values()) send(question);
    },
    away(): void {
      isReady = false;
    },
    answered(message: Extract<RealMessage, { type: 'answer' | 'run' }>): void {
      settle(message.id, message.type === 'run' ? message.run : message.result);
    },
    /** Nothing will be answered any more. */
    end(reason: string): void {
      isReady = false;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}
