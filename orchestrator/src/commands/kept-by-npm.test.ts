import { describe, expect, it } from 'vitest';
import { keptByNpm } from './kept-by-npm.ts';

const OPTIONS = ['json', 'seed', 'trace-ratio'];
const kept = (args: readonly string[], environment: Record<string, string>) =>
  keptByNpm('simulate', OPTIONS, args, environment);

describe('options before the --', () => {
  it('are told with where they belong', () => {
    // As npm 11 leaves `npm run simulate FILE --seed 5 --trace-ratio=1 --json` to the script.
    const environment = {
      npm_config_seed: 'true',
      npm_config_trace_ratio: '1',
      npm_config_json: 'true',
    };
    expect(kept(['FILE', '5'], environment)).toBe(
      'npm took --json, --seed, --trace-ratio for its own: write -- before the options, as in npm run simulate -- FILE --json.',
    );
  });

  it.each([
    ['none was given', ['FILE'], {}],
    ['npm has only its own', ['FILE'], { npm_config_loglevel: 'silent' }],
    ['an option is switched off', ['FILE'], { npm_config_json: '' }],
    ['the -- is there', ['FILE', '--seed', '5'], { npm_config_json: 'true' }],
  ])('are not suspected where %s', (_, args, environment) => {
    expect(kept(args, environment)).toBeNull();
  });
});
