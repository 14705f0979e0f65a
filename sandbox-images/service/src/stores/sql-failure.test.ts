import { expect, it } from 'vitest';
import { sqlFailure } from './sql-failure.ts';

it.each([
  ['too many connections', { code: '53300', severity: 'FATAL' }, 'connection-refused', true],
  ['nobody listens', { code: 'ECONNREFUSED' }, 'node-down', true],
  ['a row stays locked', { code: '55P03', severity: 'ERROR' }, 'lock-time-out', false],
  ['it shuts down', { code: '57P01', severity: 'FATAL' }, 'node-down', true],
  ['it starts up', { code: '57P03', severity: 'FATAL' }, 'node-down', true],
  ['its name is unknown', { code: 'ENOTFOUND' }, 'node-down', true],
  ['the connection breaks', new Error('Connection terminated unexpectedly'), 'node-down', true],
  ['a statement fails', { code: '25006', severity: 'ERROR' }, 'node-down', false],
] as const)('%s', (_, error, cause, connectionLost) => {
  expect(sqlFailure(error)).toEqual({ cause, connectionLost });
});
