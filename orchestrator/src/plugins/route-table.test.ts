import { describe, expect, it } from 'vitest';
import { methodsAt, type RouteTable } from './route-table.ts';

const routes: RouteTable = [
  ['GET', '/runs'],
  ['POST', '/runs'],
  ['GET', '/runs/:id'],
  ['GET', '/*'],
].map(([method = '', url = '']) => ({ method, url, schema: undefined }));

describe('methodsAt', () => {
  it.each([
    ['/runs', ['GET', 'POST']],
    ['/runs/7', ['GET']],
    ['/runs/7/commands', []],
    ['/elsewhere', []],
  ])('%s takes %j', (path, methods) => {
    expect(methodsAt(routes, path)).toEqual(methods);
  });
});
