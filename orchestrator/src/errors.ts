import type { Problem } from '@project-devops/simulation/protocol';

/** What a code means over HTTP: its status, and a title that never changes from case to case. */
export interface ErrorEntry {
  readonly status: number;
  readonly title: string;
}

/** Every way in which the server refuses. A code is the name clients rely on; nothing else makes problems. */
export const ERRORS = {
  'bad-request': { status: 400, title: 'The request is not well-formed HTTP' },
  'bad-url': { status: 400, title: 'The address is not a valid URL' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-input': { status: 400, title: 'The request does not match its schema' },
  'session-required': { status: 401, title: 'Changes need a session of this launch' },
  'foreign-origin': { status: 403, title: 'Changes are accepted only from pages of this server' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'run-not-found': { status: 404, title: 'No run has this id' },
  'scenario-not-found': { status: 404, title: 'No scenario has this id' },
  'container-not-found': { status: 404, title: 'No container of the session has this name' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'real-mode-off': { status: 409, title: 'Real mode is off or has nothing to tell yet' },
  'body-too-large': { status: 413, title: 'The body is larger than this address takes' },
  'url-too-long': { status: 414, title: 'The address is too long' },
  'not-json': { status: 415, title: 'The body must be JSON' },
  'unknown-host': { status: 421, title: 'The server does not answer for this host' },
  'run-not-replayable': { status: 422, title: 'The run cannot be played again' },
  'run-state-mismatch': { status: 422, title: 'The run played again ends in another state' },
  'run-over-budget': { status: 422, title: 'Playing the run again takes too long' },
  'headers-too-large': { status: 431, title: 'The request headers are too large' },
  unexpected: { status: 500, title: 'The server failed' },
  'verifier-busy': { status: 503, title: 'Too many runs are being verified' },
  'engine-unavailable': { status: 503, title: 'The container engine does not answer' },
  'ui-not-built': { status: 503, title: 'The user interface is not built' },
  'store-full': { status: 507, title: 'The run store is full' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

/** An expected refusal of a request, thrown by handlers and answered as a problem document. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly statusCode: number;
  /** Faults of the input, by place. */
  readonly problems: readonly Problem[];

  /** `detail` says what happened in this case, where, and what to do about it. */
  constructor(code: ErrorCode, detail: string, problems: readonly Problem[] = []) {
    super(detail);
    this.name = 'ApiError';
    this.code = code;
    this.statusCode = ERRORS[code].status;
    this.problems = problems;
  }
}
