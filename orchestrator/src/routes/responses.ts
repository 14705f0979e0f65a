import Type, { type TSchema } from 'typebox';
import { ERRORS, type ErrorCode } from '../errors.ts';
import { PROBLEM_TYPE, ProblemDetailsSchema } from './problem.ts';

/** What any request can meet, whatever it asks for. */
const ALWAYS: readonly ErrorCode[] = ['bad-request', 'unknown-host', 'unexpected'];

/** What any change can meet at the door. */
export const CHANGE_PROBLEMS = [
  'session-required',
  'foreign-origin',
  'malformed-json',
  'body-too-large',
  'not-json',
] as const satisfies readonly ErrorCode[];

/**
 * The problem answers of a route, by status, to be spread into its `response`. The type hides them on purpose:
 * handlers throw problems and never send them, so what a handler sends is checked against its good answers alone.
 */
export function problemResponses(...codes: ErrorCode[]): Record<never, never> {
  const byStatus = Map.groupBy([...ALWAYS, ...codes], (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      { description: of.join(', '), content: { [PROBLEM_TYPE]: { schema: ProblemDetailsSchema } } },
    ]),
  );
}

/** An answer that is not JSON, for the document. */
export function textResponse(description: string, ...mediaTypes: string[]): object {
  const schema = Type.String();
  return { description, content: Object.fromEntries(mediaTypes.map((type) => [type, { schema }])) };
}

/** An answer without a body. */
export function emptyResponse(description: string): TSchema {
  return Type.Null({ description });
}
