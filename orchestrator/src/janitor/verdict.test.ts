import { expect, it } from 'vitest';
import type { Evidence } from './evidence.ts';
import { judge, type Verdict } from './verdict.ts';

const EVIDENCE: Evidence = {
  session: 's1',
  heartbeat: '/data/s1.json',
  containers: 3,
  networks: 1,
  running: true,
  beatAgeMs: 1_000,
  holder: { session: 's1', pid: 7, host: 'here', startedAt: 0, address: '', id: '1' },
  holderLives: 'yes',
  folderInSight: true,
};

const CASES: readonly [string, Partial<Evidence>, Verdict][] = [
  ['beats and its owner lives', {}, 'lives'],
  ['has lost its owner a moment ago', { holderLives: 'no' }, 'adoptable'],
  ['lost its owner 29 s ago', { holderLives: 'no', beatAgeMs: 29_999 }, 'adoptable'],
  ['lost its owner 30 s ago', { holderLives: 'no', beatAgeMs: 30_000 }, 'stale'],
  ['is silent though its owner lives', { beatAgeMs: 3_600_000 }, 'asleep'],
  ['beats on another machine', { holderLives: 'on-another-machine' }, 'lives'],
  [
    'fell silent on another machine',
    { holderLives: 'on-another-machine', beatAgeMs: 30_000 },
    'stale',
  ],
  ['beats illegibly', { holder: null, holderLives: 'unknown' }, 'lives'],
  ['was illegible and is old', { holderLives: 'unknown', beatAgeMs: 30_000 }, 'stale'],
  ['has no heartbeat', { beatAgeMs: null, holderLives: 'unknown' }, 'stale'],
  [
    'runs with a heartbeat in a folder out of sight',
    { beatAgeMs: null, holderLives: 'unknown', folderInSight: false },
    'foreign',
  ],
  [
    'has ended with a heartbeat in a folder out of sight',
    { beatAgeMs: null, holderLives: 'unknown', folderInSight: false, running: false },
    'stale',
  ],
];

it.each(CASES)('a session that %s', (_, changes, verdict) => {
  expect(judge({ ...EVIDENCE, ...changes })).toBe(verdict);
});
