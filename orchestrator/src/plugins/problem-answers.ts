import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, ERRORS, type ErrorCode } from '../errors.ts';
import { PROBLEM_TYPE, problemDetails } from '../routes/problem.ts';

/** Fastify's own refusals under our codes. */
const FRAMEWORK_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_BAD_URL: 'bad-url',
  FST_ERR_MAX_PARAM_LENGTH: 'url-too-long',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'not-json',
  FST_ERR_CTP_INVALID_CONTENT_TYPE: 'not-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
};

/** Node's refusals of what is not even a request. */
const CONNECTION_CODES: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** Turns whatever was thrown into the refusal to answer with; null when it was not expected. */
export function asRefusal(error: FastifyError | ApiError): ApiError | null {
  if (error instanceof ApiError) return error;
  const code = FRAMEWORK_CODES[error.code];
  if (code !== undefined) return new ApiError(code, error.message);
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? new ApiError('bad-request', error.message) : null;
}

/** Answers with a problem document; an unexpected error is logged here, once, and its words stay inside. */
export function sendProblem(
  error: FastifyError | ApiError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = asRefusal(error);
  if (refusal === null) request.log.error({ err: error }, 'unexpected error');
  const code = refusal?.code ?? 'unexpected';
  const detail =
    refusal?.message ?? 'The cause is in the server log under the id given as instance.';
  void reply
    .code(ERRORS[code].status)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problemDetails(code, detail, request.id, refusal?.problems));
}

/** Makes every error of the application a problem document. */
export function addProblemAnswers(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | ApiError>(sendProblem);
}

/** Answers on a connection whose bytes never became a request, and closes it. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CONNECTION_CODES[error.code ?? ''] ?? 'bad-request';
  const { status, title } = ERRORS[code];
  const body = JSON.stringify(problemDetails(code, `${title}.`, randomUUID()));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
