/** What a step came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** The names of what was not run. */
  readonly skipped: readonly string[];
}

/** A step that is one check: its exit code says all. */
export function checkCounts(exitCode: number): Counts {
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: [] };
}

/** The part we read of the report by Vitest's `json` reporter. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Counts tests; a file that could not even be loaded is one failure. */
export function vitestCounts(report: VitestReport): Counts {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const having = (status: string) => tests.filter((test) => test.status === status);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: having('passed').length,
    failed: having('failed').length + broken.length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName),
  };
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
}

/** The part we read of the report by Playwright's `json` reporter. */
export interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  /** What failed outside any test. */
  readonly errors: readonly unknown[];
}

/** Counts tests; one that passed only at a second try is a failure. */
export function playwrightCounts(report: PlaywrightReport): Counts {
  const tests = report.suites.flatMap(testsOf);
  const skipped = tests.filter(({ status }) => status === 'skipped');
  const passed = tests.filter(({ status }) => status === 'expected').length;
  return {
    passed,
    failed: tests.length - passed - skipped.length + report.errors.length,
    skipped: skipped.map(({ title }) => title),
  };
}

function testsOf(suite: PlaywrightSuite): { title: string; status: string }[] {
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests.map(({ status }) => ({ title, status })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

/** The counts of a report beside its program's exit code: neither can hide a failure of the other. */
export function withExitCode(counts: Counts, exitCode: number): Counts {
  const { passed, failed, skipped } = counts;
  const ranNothing = passed + failed + skipped.length === 0;
  const unexplained = failed === 0 && (exitCode !== 0 || ranNothing);
  return unexplained ? { ...counts, failed: 1 } : counts;
}
