import { RunSchema, ScenarioSchema, TopologyFileSchema } from '@project-devops/simulation/protocol';
import Type, { type TSchema } from 'typebox';
import { ERROR_CODES, ERRORS } from '../errors.ts';
import type { TypedApp } from '../typed-app.ts';
import { problemResponses, textResponse } from './responses.ts';

/** The files that a person writes or keeps, by the name their schema has here. */
const FILE_SCHEMAS = { topology: TopologyFileSchema, scenario: ScenarioSchema, run: RunSchema };

const config = { cache: 'revalidate' } as const;
const tags = ['documents'];
const closed = { additionalProperties: false };
const AnyObjectSchema = Type.Object({}, { description: 'an OpenAPI document' });
const ErrorEntrySchema = Type.Object(
  { code: Type.Enum([...ERROR_CODES]), status: Type.Integer(), title: Type.String() },
  closed,
);

/** What describes the server and its files: OpenAPI, JSON Schemas for editors, kinds of problems. */
export function addDocumentRoutes(app: TypedApp): void {
  app.get(
    '/api/v1/openapi.json',
    {
      config,
      schema: {
        operationId: 'getOpenApi',
        summary: 'This document',
        tags,
        response: { 200: AnyObjectSchema, ...problemResponses() },
      },
    },
    async () => app.swagger(),
  );

  for (const [name, schema] of Object.entries(FILE_SCHEMAS)) addFileSchema(app, name, schema);

  app.get(
    '/problems/:code',
    {
      config,
      schema: {
        operationId: 'getProblemKind',
        summary: 'What a kind of problem means',
        tags,
        params: Type.Object({ code: Type.Enum([...ERROR_CODES]) }, closed),
        response: { 200: ErrorEntrySchema, ...problemResponses('invalid-input') },
      },
    },
    async ({ params: { code } }) => ({ code, ...ERRORS[code] }),
  );
}

function addFileSchema(app: TypedApp, name: string, schema: TSchema): void {
  const document = JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Project DevOps ${name} file`,
    ...schema,
  });
  app.get(
    `/schemas/${name}.json`,
    {
      config,
      schema: {
        operationId: `get${name[0]?.toUpperCase()}${name.slice(1)}Schema`,
        summary: `JSON Schema of ${name} files, for editors`,
        tags,
        response: {
          200: textResponse('a JSON Schema', 'application/schema+json'),
          ...problemResponses(),
        },
      },
    },
    async (_request, reply) =>
      reply.type('application/schema+json').serializer(String).send(document),
  );
}
