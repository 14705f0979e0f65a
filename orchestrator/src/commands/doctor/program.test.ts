import type { DoctorReport } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { doctor } from './program.ts';

const READY: DoctorReport = {
  ready: true,
  checks: [{ id: 'cores', status: 'ok', found: '2 cores for containers.', remedy: null }],
};

async function run(args: readonly string[], report = READY) {
  let out = '';
  let err = '';
  const code = await doctor(args, {
    print: (text) => {
      out += text;
    },
    complain: (text) => {
      err += text;
    },
    examine: () => Promise.resolve(report),
  });
  return { code, out, err };
}

it('prints the report and ends with 0 when real mode can start', async () => {
  expect(await run([])).toEqual({
    code: 0,
    out: '✓ 2 cores for containers.\n\nReal mode is ready.\n',
    err: '',
  });
});

it('ends with 1 when it cannot, also as JSON', async () => {
  const report = { ...READY, ready: false };
  const { code, out } = await run(['--json'], report);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual(report);
});

it('explains itself, and refuses what it does not know with 2', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage') });
  expect(await run(['--fast'])).toMatchObject({ code: 2, out: '', err: expect.any(String) });
});
