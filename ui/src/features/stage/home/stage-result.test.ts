import type { Scenario } from '@project-devops/simulation/protocol';
import { NODE_OPTION_FORMS } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import type { Library } from '../../../session/session.ts';
import { isOwnStage } from './stage-result.ts';

const scenario = { id: 'hello-world', startingMoney: 260 } as Scenario;
const library: Library = {
  scenarios: [scenario],
  catalog: [],
  optionForms: NODE_OPTION_FORMS,
  ruleset: '',
};

describe('a stage of the game', () => {
  it('is recognised in a copy', () => {
    expect(isOwnStage(structuredClone(scenario), library)).toBe(true);
  });

  it('is not a file that borrows its name or brings another', () => {
    expect(isOwnStage({ ...scenario, startingMoney: 1e6 }, library)).toBe(false);
    expect(isOwnStage({ ...scenario, id: 'my-stage' }, library)).toBe(false);
  });
});
