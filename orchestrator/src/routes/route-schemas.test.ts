import { parse } from '@project-devops/simulation/protocol';
import type { TSchema } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRORS } from '../errors.ts';
import type { RouteEntry } from '../plugins/route-table.ts';
import { testRun } from '../testing/fixtures.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { PROBLEM_TYPE, ProblemDetailsSchema } from './problem.ts';
import { CHANGE_PROBLEMS } from './responses.ts';

let app: TestApp;
let routes: RouteEntry[];
let document: { openapi: string; paths: Record<string, Record<string, Operation>> };

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Record<string, { readonly content?: Record<string, { schema: TSchema }> }>;
  readonly security?: readonly object[];
}

beforeAll(async () => {
  app = await createTestApp();
  routes = app.routes.filter(({ method }) => method !== 'HEAD');
  document = (await app.get('/api/v1/openapi.json')).json();
});
afterAll(() => app[Symbol.asyncDispose]());

const isChange = (route: RouteEntry) => route.method !== 'GET';
const responsesOf = ({ schema }: RouteEntry) => (schema?.response ?? {}) as Record<string, unknown>;

describe('every route', () => {
  it('states what it does, under an operation id of its own', () => {
    for (const { url, schema } of routes) {
      expect(schema, url).toMatchObject({
        summary: expect.any(String),
        tags: [expect.any(String)],
      });
    }
    const ids = routes.map(({ schema }) => schema?.operationId);
    expect(new Set(ids).size).toBe(routes.length);
  });

  it('states its good answer, and its problems as problem documents', () => {
    for (const route of routes) {
      const statuses = Object.keys(responsesOf(route)).map(Number);
      expect(
        statuses.some((status) => status < 300),
        route.url,
      ).toBe(true);
      expect(statuses, route.url).toEqual(expect.arrayContaining([421, 500]));
      for (const status of statuses.filter((candidate) => candidate >= 400)) {
        const response = responsesOf(route)[status] as { content?: object };
        if (route.url === '/healthz' && status === 503) continue;
        expect(response.content, `${route.url} ${status}`).toEqual({
          [PROBLEM_TYPE]: { schema: ProblemDetailsSchema },
        });
      }
    }
  });

  it('states what the door refuses, if it changes something', () => {
    for (const route of routes.filter(isChange)) {
      const statuses = Object.keys(responsesOf(route)).map(Number);
      expect(statuses).toEqual(
        expect.arrayContaining(CHANGE_PROBLEMS.map((code) => ERRORS[code].status)),
      );
    }
  });

  it('has a schema for its parameters, its query if it reads one, and its body', () => {
    for (const { method, url, schema } of routes) {
      if (/[:*]/.test(url)) expect(schema, url).toHaveProperty('params');
      if (method === 'POST') expect(schema, url).toHaveProperty('body');
    }
  });

  it('lives under the versioned address, or is one of the few that stand outside', () => {
    const outside = routes.map(({ url }) => url).filter((url) => !/^\/api\/v1\/[a-z]/.test(url));
    expect(outside).toEqual([
      '/healthz',
      '/metrics',
      '/schemas/topology.json',
      '/schemas/scenario.json',
      '/schemas/run.json',
      '/problems/:code',
      '/',
      '/*',
    ]);
  });
});

describe('the OpenAPI document', () => {
  it('has every route but that of the files of the page', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const { method, url } of routes.filter((route) => route.url !== '/*')) {
      const path = url.replace(/:(\w+)/g, '{$1}');
      expect(document.paths[path], path).toHaveProperty(method.toLowerCase());
    }
  });

  it('declares each part of a path, and the session for changes only', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
        expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{[^}]*\}/g) ?? []);
        expect(operation.security !== undefined, path).toBe(method !== 'get');
      }
    }
  });

  it('uses no keyword of ours that means something else there', () => {
    expect(JSON.stringify(document)).not.toMatch(/"discriminator":"/);
    expect(JSON.stringify(document)).not.toContain('$ref');
  });
});

describe('answers', () => {
  it('have the form that their route states', async () => {
    const saved = await app.change('POST', '/api/v1/runs', { player: 'Ada', run: testRun() });
    const samples: Record<string, string> = {
      '/api/v1/runs/:id': String(saved.headers.location),
      '/api/v1/scenarios/:id': '/api/v1/scenarios/hello-world',
      '/api/v1/scenarios/:id/leaderboard': '/api/v1/scenarios/hello-world/leaderboard',
      '/problems/:code': '/problems/not-found',
    };
    const others: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const answer = await app.get(samples[route.url] ?? route.url);
      const type = String(answer.headers['content-type']);
      if (!/^application\/(problem\+)?json/.test(type)) {
        others.push(route.url);
        continue;
      }
      const isProblem = type.startsWith(PROBLEM_TYPE);
      const schema = isProblem
        ? ProblemDetailsSchema
        : (responsesOf(route)[answer.statusCode] as TSchema);
      expect(parse(schema, answer.json()), route.url).toMatchObject({ ok: true });
    }
    expect(others).toEqual([
      '/metrics',
      '/schemas/topology.json',
      '/schemas/scenario.json',
      '/schemas/run.json',
    ]);
  });

  it('that refuse have the form of problem documents', async () => {
    for (const url of ['/api/v1/nothing', '/api/v1/runs?limit=x', '/api/v1/runs/x', '/%zz']) {
      expect(parse(ProblemDetailsSchema, (await app.get(url)).json()), url).toMatchObject({
        ok: true,
      });
    }
  });
});

describe('the schemas for editors', () => {
  it.each(['topology', 'scenario', 'run'])('%s.json is a JSON Schema', async (name) => {
    const answer = await app.get(`/schemas/${name}.json`);
    expect(answer.headers['content-type']).toBe('application/schema+json');
    expect(answer.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `Project DevOps ${name} file`,
      properties: { format: { const: `project-devops/${name}@1` } },
    });
  });

  it('accept what the server accepts', async () => {
    expect(parse((await app.get('/schemas/run.json')).json(), testRun())).toMatchObject({
      ok: true,
    });
    expect(parse((await app.get('/schemas/run.json')).json(), {})).toMatchObject({ ok: false });
  });
});
