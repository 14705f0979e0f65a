import { parse } from '@project-devops/simulation/protocol';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ApiError } from '../errors.ts';

const INTEGER = /^-?\d{1,15}$/;

const PART_NAMES: Readonly<Record<string, string>> = {
  body: 'The body',
  params: 'The path',
  querystring: 'The query',
  headers: 'The headers',
};

/**
 * Checks input against the routes' schemas. It is taken as it is, but for those texts of a query
 * that the schema wants as integers. Answers go out as they are: tests hold them to their schemas.
 */
export function addValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(() => JSON.stringify);
}

const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  return (value: unknown) => {
    const candidate = httpPart === 'querystring' ? withIntegers(schema, value) : value;
    if (validator.Check(candidate)) return { value: candidate };
    const parsed = parse(schema, candidate);
    const problems = parsed.ok ? [] : parsed.problems;
    const part = PART_NAMES[httpPart ?? ''] ?? 'The request';
    return { error: new ApiError('invalid-input', `${part} has faults; see problems.`, problems) };
  };
};

/** Texts that are integers become such where the schema asks for it; all else stays, to be refused. */
function withIntegers(schema: TSchema, query: unknown): unknown {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  const texts = Object.entries(query as Record<string, unknown>);
  return Object.fromEntries(
    texts.map(([name, text]) =>
      properties[name]?.type === 'integer' && typeof text === 'string' && INTEGER.test(text)
        ? [name, Number(text)]
        : [name, text],
    ),
  );
}
