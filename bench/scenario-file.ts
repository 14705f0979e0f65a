import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, type Scenario, ScenarioSchema } from '@project-devops/simulation/protocol';
import { parse as parseYaml } from 'yaml';
import { ROOT } from '../scripts/launch/places.mjs';

/** Where a scenario of `examples` is as JSON, for programs that read no YAML; throws when it is none. */
export async function scenarioFile(name: string): Promise<string> {
  const text = await readFile(join(ROOT, 'examples', `${name}.scenario.yaml`), 'utf8');
  const parsed = parse<Scenario>(ScenarioSchema, parseYaml(text));
  if (!parsed.ok) throw new Error(`examples/${name}: ${JSON.stringify(parsed.problems)}`);
  const file = join(tmpdir(), `project-devops-${name}.json`);
  await writeFile(file, JSON.stringify(parsed.value));
  return file;
}
