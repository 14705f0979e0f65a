import * as Type from 'typebox';
import { type RecordedCommand, RecordedCommandSchema } from './command.ts';
import { type Scenario, ScenarioSchema } from './scenario.ts';

export const MAX_COMMANDS = 5_000;

/**
 * A run as a file: everything needed to repeat it. `ruleset` names the rules it was played under; under
 * other rules it opens read-only. `endMs` is how far it was played, `stateHash` what the player saw there.
 */
export const RunSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 300 })),
    format: Type.Literal('project-devops/run@1'),
    ruleset: Type.String({ pattern: '^[0-9]+-[0-9a-f]{16}$' }),
    scenario: ScenarioSchema,
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    commands: Type.Array(RecordedCommandSchema, { maxItems: MAX_COMMANDS }),
    endMs: Type.Number({ minimum: 0, maximum: 86_400_000 }),
    stateHash: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  },
  { additionalProperties: false },
);
export interface Run {
  readonly $schema?: string;
  readonly format: 'project-devops/run@1';
  readonly ruleset: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly commands: readonly RecordedCommand[];
  readonly endMs: number;
  readonly stateHash: string;
}
