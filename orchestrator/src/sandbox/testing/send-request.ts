import { type Agent, type ClientRequest, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { CAUSE_HEADER, FAILED_NODE_HEADER } from '@project-devops/simulation/protocol';

/** What a request was answered, with the cause and the node of a failure. */
export interface Answer {
  readonly status: number | undefined;
  readonly cause: string | undefined;
  readonly node: string | undefined;
  readonly text: string;
}

/**
 * Sends a request over one of the agent's connections, or over one of its own. As every HTTP client does (k6
 * too), it sends it again when the idle connection that it took turned out to be closed.
 */
export function sendRequest(url: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { agent }, (response) => {
      read(response).then(resolve, reject);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const closedWhileIdle = request.reusedSocket && error.code === 'ECONNRESET';
      if (closedWhileIdle) sendRequest(url).then(resolve, reject);
      else reject(error);
    });
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const header = (name: string) => response.headers[name]?.toString();
  return {
    status: response.statusCode,
    cause: header(CAUSE_HEADER),
    node: header(FAILED_NODE_HEADER),
    text: await text(response),
  };
}
