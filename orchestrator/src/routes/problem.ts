import type { Problem } from '@project-devops/simulation/protocol';
import Type, { type Static } from 'typebox';
import { ERROR_CODES, ERRORS, type ErrorCode } from '../errors.ts';

/** The media type of every error answer (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

/** An error answer: members of RFC 9457, our code, and the faults of the input by place. */
export const ProblemDetailsSchema = Type.Object(
  {
    type: Type.String({ description: 'address of the description of this kind of problem' }),
    title: Type.String({ description: 'the same for every case of the code' }),
    status: Type.Integer({ description: 'the HTTP status' }),
    detail: Type.String({ description: 'what happened in this case and what to do about it' }),
    instance: Type.String({ description: 'this case; the server log knows it by the same id' }),
    code: Type.Enum([...ERROR_CODES], { description: 'what programs should rely on' }),
    problems: Type.Optional(
      Type.Array(
        Type.Object(
          {
            path: Type.String({ description: 'JSON pointer into the input; empty for the whole' }),
            expected: Type.String(),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);
export type ProblemDetails = Static<typeof ProblemDetailsSchema>;

/** Writes the answer for one case; `requestId` joins it to the server's log. */
export function problemDetails(
  code: ErrorCode,
  detail: string,
  requestId: string,
  problems: readonly Problem[] = [],
): ProblemDetails {
  const { status, title } = ERRORS[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    instance: `urn:uuid:${requestId}`,
    code,
    ...(problems.length > 0 && { problems: [...problems] }),
  };
}
