import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceConfigurationSchema } from '@project-devops/simulation/protocol';
import { afterAll, expect, it } from 'vitest';
import { sampleConfiguration } from '../testing/sample-configuration.ts';
import { reload } from './reload.ts';
import { openScratch } from './scratch.ts';

const folder = mkdtempSync(join(tmpdir(), 'service-scratch-'));
afterAll(() => rmSync(folder, { recursive: true }));
const scratch = openScratch(folder);
const applied: unknown[] = [];

function verdictOn(text: string): string {
  writeFileSync(join(folder, 'configuration.json'), text);
  reload(scratch, ServiceConfigurationSchema, (configuration) => applied.push(configuration));
  return readFileSync(join(folder, 'verdict'), 'utf8');
}

it('says why there is nothing to put in force', () => {
  reload(scratch, ServiceConfigurationSchema, (configuration) => applied.push(configuration));
  expect(readFileSync(join(folder, 'verdict'), 'utf8')).toContain('cannot be read');
});

it('puts a valid configuration in force and refuses any other in one line', () => {
  const wanted = sampleConfiguration({ backlog: 7 });
  expect(verdictOn(JSON.stringify(wanted))).toBe('ok');
  expect(applied).toEqual([wanted]);
  expect(verdictOn('{')).toMatch(/^the configuration is not JSON: /);
  expect(verdictOn(JSON.stringify({ ...wanted, workers: 0 }))).toMatch(/not valid: \/workers: /);
  expect(verdictOn('')).toMatch(/is empty/);
  expect(applied).toHaveLength(1);
});
