import { describe, expect, it } from 'vitest';
import { checkCounts, playwrightCounts, vitestCounts, withExitCode } from './counts.ts';

const test = (status: string) => ({ status, fullName: `a ${status} test` });

it('counts a check as one', () => {
  expect(checkCounts(0)).toEqual({ passed: 1, failed: 0, skipped: [] });
  expect(checkCounts(2)).toEqual({ passed: 0, failed: 1, skipped: [] });
});

describe('vitestCounts', () => {
  it('counts tests of all files and names the skipped ones', () => {
    const testResults = [
      { name: 'a', status: 'passed', assertionResults: [test('passed'), test('skipped')] },
      { name: 'b', status: 'failed', assertionResults: [test('failed'), test('passed')] },
      { name: 'c', status: 'passed', assertionResults: [test('todo')] },
    ];
    expect(vitestCounts({ testResults })).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['a skipped test', 'a todo test'],
    });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const testResults = [{ name: 'a', status: 'failed', assertionResults: [] }];
    expect(vitestCounts({ testResults })).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('playwrightCounts', () => {
  const spec = (status: string) => ({ title: status, tests: [{ status }] });

  it('counts the tests of nested suites', () => {
    const inner = { specs: [spec('unexpected'), spec('skipped')] };
    const suites = [{ specs: [spec('expected')], suites: [inner] }];
    expect(playwrightCounts({ suites, errors: [] })).toEqual({
      passed: 1,
      failed: 1,
      skipped: ['skipped'],
    });
  });

  it('counts a flaky test and an error outside tests as failures', () => {
    const suites = [{ specs: [spec('flaky')] }];
    expect(playwrightCounts({ suites, errors: [{}] })).toMatchObject({ passed: 0, failed: 2 });
  });
});

describe('withExitCode', () => {
  const passed = { passed: 3, failed: 0, skipped: [] };

  it('keeps counts that agree with the exit code', () => {
    expect(withExitCode(passed, 0)).toBe(passed);
    const failed = { ...passed, failed: 2 };
    expect(withExitCode(failed, 1)).toBe(failed);
  });

  it('counts one failure when the program failed although each test passed', () => {
    expect(withExitCode(passed, 1)).toEqual({ ...passed, failed: 1 });
  });

  it('counts one failure when nothing ran', () => {
    expect(withExitCode({ passed: 0, failed: 0, skipped: [] }, 0).failed).toBe(1);
  });
});
