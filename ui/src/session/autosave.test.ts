import { expect, it } from 'vitest';
import { SIMULATION } from '../worker/game-simulation.ts';
import { firstStage } from '../worker/sample-worker.ts';
import { clearAutosave, lastAutosave, writeAutosave } from './autosave.ts';
import { createSampleStorage } from './sample-session.ts';

const run = {
  format: 'project-devops/run@1',
  ruleset: SIMULATION.ruleset,
  scenario: firstStage(),
  seed: 1,
  commands: [],
  endMs: 1_500,
  stateHash: '0123456789abcdef',
} as const;

it('gives back what was kept', () => {
  const storage = createSampleStorage();
  expect(writeAutosave(run, storage)).toBe(true);
  expect(lastAutosave(storage)).toEqual(run);
});

it('is empty before the first save and after it was cleared', () => {
  const storage = createSampleStorage();
  expect(lastAutosave(storage)).toBeNull();
  writeAutosave(run, storage);
  clearAutosave(storage);
  expect(lastAutosave(storage)).toBeNull();
});

it('goes on without a save when the quota is full', () => {
  expect(writeAutosave(run, createSampleStorage(true))).toBe(false);
});

it.each(['not json', '{}', '[]', '"text"', 'null', '{"format":"project-devops/run@1"}'])(
  'ignores what is no run: %s',
  (text) => {
    const storage = createSampleStorage();
    storage.setItem('project-devops/autosave', text);
    expect(lastAutosave(storage)).toBeNull();
  },
);
