import { describe, expect, it } from 'vitest';
import { ApiError, ERROR_CODES, ERRORS } from './errors.ts';

describe('the error catalogue', () => {
  it.each(ERROR_CODES)('%s is a kebab-case name with an error status and a title', (code) => {
    const { status, title } = ERRORS[code];
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });

  it('gives each status the meaning that HTTP gives it', () => {
    const byStatus = Object.groupBy(ERROR_CODES, (code) => String(ERRORS[code].status));
    expect(byStatus).toEqual({
      400: ['bad-request', 'bad-url', 'malformed-json', 'invalid-input'],
      401: ['session-required'],
      403: ['foreign-origin'],
      404: ['not-found', 'run-not-found', 'scenario-not-found', 'container-not-found'],
      405: ['method-not-allowed'],
      409: ['real-mode-off'],
      408: ['request-timeout'],
      413: ['body-too-large'],
      414: ['url-too-long'],
      415: ['not-json'],
      421: ['unknown-host'],
      422: ['run-not-replayable', 'run-state-mismatch', 'run-over-budget'],
      431: ['headers-too-large'],
      500: ['unexpected'],
      503: ['verifier-busy', 'engine-unavailable', 'ui-not-built'],
      507: ['store-full'],
    });
  });

  it('lets an error carry its status', () => {
    expect(new ApiError('run-not-found', 'No run.').statusCode).toBe(404);
  });
});
