import { type Counts, playwrightCounts, vitestCounts } from './counts.ts';

/** How a step's result is counted: as one check, or from the report that its program writes. */
export type Counting =
  | { readonly kind: 'check' }
  | { readonly kind: 'report'; readonly read: (report: never) => Counts };

export interface Step {
  readonly name: string;
  /** A script that Node runs, from the root, and its arguments; `{report}` is where its report goes. */
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Environment, `{report}` as in `args`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly counting: Counting;
  readonly limitMinutes: number;
  /** What the machine must have. */
  readonly needs?: 'chromium' | 'firefox' | 'docker';
  /** Steps that must have passed before. */
  readonly after?: readonly string[];
}

const CHECK = { counting: { kind: 'check' }, limitMinutes: 5 } as const;
const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const VITEST = {
  script: 'node_modules/vitest/vitest.mjs',
  counting: { kind: 'report', read: vitestCounts },
  limitMinutes: 25,
} as const;
const PLAYWRIGHT = {
  script: 'node_modules/@playwright/test/cli.js',
  cwd: 'ui',
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: '{report}' },
  counting: { kind: 'report', read: playwrightCounts },
} as const;
const VITEST_REPORT = ['--reporter=default', '--reporter=json', '--outputFile.json={report}'];

/** All that `npm test` proves, in this order. */
export const STEPS: readonly Step[] = [
  { name: 'format', script: BIOME, args: ['format', '.'], ...CHECK },
  { name: 'lint', script: BIOME, args: ['lint', '--error-on-warnings', '.'], ...CHECK },
  { name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['-b'], ...CHECK },
  {
    name: 'page-types',
    script: 'node_modules/vue-tsc/bin/vue-tsc.js',
    args: ['--noEmit', '-p', 'ui/tsconfig.json'],
    ...CHECK,
  },
  { name: 'dead-code', script: 'node_modules/knip/bin/knip.js', args: [], ...CHECK },
  { name: 'build', script: 'scripts/build/main.ts', args: ['--if-stale'], ...CHECK },
  {
    name: 'unit',
    ...VITEST,
    args: ['run', '--project=!ui-browser*', ...VITEST_REPORT],
  },
  {
    name: 'components',
    ...VITEST,
    args: ['run', '--project=ui-browser*', ...VITEST_REPORT],
    needs: 'chromium',
  },
  {
    name: 'e2e',
    ...PLAYWRIGHT,
    args: ['test', '--project=chromium', '--reporter=list,json'],
    limitMinutes: 15,
    needs: 'chromium',
    after: ['build'],
  },
  {
    name: 'firefox',
    ...PLAYWRIGHT,
    args: ['test', '--project=firefox', '--reporter=list,json'],
    limitMinutes: 6,
    needs: 'firefox',
  },
  {
    name: 'images',
    script: 'orchestrator/src/commands/images.ts',
    args: [],
    counting: { kind: 'check' },
    limitMinutes: 45,
    needs: 'docker',
  },
  {
    name: 'real',
    ...VITEST,
    args: ['run', '--config=vitest.docker.config.ts', ...VITEST_REPORT],
    limitMinutes: 20,
    needs: 'docker',
    after: ['build', 'images'],
  },
];
