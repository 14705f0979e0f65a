import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { real } from './program.ts';
import type { RealReport } from './report.ts';
import { type SampleTrouble, sampleGround } from './sample-ground.ts';

const EXAMPLES = fileURLToPath(new URL('../../../../examples', import.meta.url));
const SHOP = join(EXAMPLES, 'shop.topology.yaml');
const SALE = join(EXAMPLES, 'ticket-sale.scenario.yaml');

async function run(
  args: readonly string[],
  trouble: SampleTrouble = {},
  isTerminal = false,
  environment: Readonly<Record<string, string>> = {},
) {
  const ground = sampleGround(trouble);
  const ending = new AbortController();
  let out = '';
  let err = '';
  const around = {
    print: (text: string) => {
      out += text;
    },
    terminal: {
      isTerminal,
      write: (text: string) => {
        err += text;
      },
    },
    ground,
    signal: ending.signal,
    environment,
  };
  const running = real(args, around);
  return { code: await running, out, err, ground };
}

describe('npm run real', () => {
  it('runs a topology beside its prediction and prints the scorecard', async () => {
    const { code, out, err, ground } = await run([SHOP, '--rate', '60', '--seconds', '30']);
    expect([code, ground.open()]).toEqual([0, 0]);
    expect(out).toContain('for real, at scale 1/1, 30 seconds compared\n');
    expect(out).toMatch(/^Grade [AB]\. /m);
    expect(out).toMatch(/^end to end {2}throughput +6\d\.\d\/s +6\d\.\d\/s/m);
    expect(err.split('\n')).toEqual([
      'Making the images that are missing …',
      'Starting containers …',
      'Running for 10 s of warm-up and 30 s …',
      '',
    ]);
  });

  it('prints the scorecard as JSON, with rows of the whole time from both sides', async () => {
    const args = [SHOP, '--rate', '40', '--seconds', '20', '--json', '--scale', '1/2'];
    const { out, ground } = await run(args);
    const { scorecard, predicted, measured } = JSON.parse(out) as RealReport;
    expect(scorecard).toMatchObject({
      validWindows: 20,
      startMs: 10_000,
      endMs: 30_000,
      provenance: { scenario: 'hello-world', scale: 2, versions: { docker: '20.10.24' } },
    });
    expect(predicted[0]).toMatchObject({ node: '*', offered: 400 });
    expect(measured.map(({ node }) => node)).toEqual(predicted.map(({ node }) => node));
    expect(ground.requests[0]).toMatchObject({ scale: 2, seed: 1 });
  });

  it('offers a scenario its forecast, and prints Markdown', async () => {
    const { code, out } = await run([SALE, '--seconds', '15', '--markdown']);
    expect(code).toBe(0);
    expect(out).toMatch(/^# Predicted and measured\n\n\*\*Grade: [A-D]/);
  });

  it('shows a line a second on a terminal, and takes it away', async () => {
    const { err } = await run([SHOP, '--rate', '40', '--seconds', '5'], {}, true);
    const frames = err.split('\r\u001b[2K');
    expect(frames).toContainEqual(expect.stringMatching(/^3 of 5 s · served 4\d\.\d\/s · p50 /));
    expect(frames.at(-1)).toBe('');
  });

  it('says so when k6 was the limit in part of the time', async () => {
    const { out } = await run([SHOP, '--rate', '40', '--seconds', '20'], { dropping: [12, 13] });
    expect(out).toContain('18 seconds compared\n');
    expect(out).toContain('In 2 of 20 seconds k6 could not offer the load');
  });
});

describe('what cannot be', () => {
  const ROW = [SHOP, '--rate', '40', '--seconds', '20'];

  it.each([
    [[], 'A FILE is missing.'],
    [[SHOP], 'A topology file says nothing of its load: add --rate REQUESTS_PER_SECOND.'],
    [[SALE, '--warmup', '400'], '--warmup is 400, but the scenario ends after'],
    [[...ROW, '--scale', '3'], '--scale is "3"; it should be 1/N'],
  ])('the command line %j ends with 2', async (args, fault) => {
    const { code, out, err, ground } = await run(args);
    expect([code, out, ground.requests]).toEqual([2, '', []]);
    expect(err).toContain(fault);
  });

  it('an option that npm kept to itself ends with 2', async () => {
    const { code, err, ground } = await run([SALE, '1/2'], {}, false, { npm_config_scale: 'true' });
    expect([code, ground.requests]).toEqual([2, []]);
    expect(err).toContain('npm took --scale for its own: write --');
  });

  it('a bad file, or a path that serves nothing, ends with 1', async () => {
    expect(await run([join(EXAMPLES, 'nothing.yaml')])).toMatchObject({ code: 1, out: '' });
  });

  it('a machine that is not ready ends with 1 and the doctor’s report', async () => {
    const found = 'Docker is not installed on this machine.';
    const remedy = { text: 'Install it.', command: 'sudo apt-get install docker.io' };
    const doctor = {
      ready: false,
      checks: [{ id: 'docker-reachable', status: 'missing' as const, found, remedy }],
    };
    const { code, err, ground } = await run(ROW, { doctor });
    expect([code, ground.requests]).toEqual([1, []]);
    expect(err).toContain('    $ sudo apt-get install docker.io\n');
  });

  it('a container that does not start ends with 1, its node and its own last lines', async () => {
    const { code, err } = await run(ROW, { start: 'It never became healthy.\u001b[2J' });
    expect(code).toBe(1);
    expect(err).toContain(
      'primary: It never became healthy.\uFFFD[2J\nLook at its lines.\npanic\n',
    );
  });

  it('a load generator that dies ends the run at once, with nothing left', async () => {
    const { code, out, err, ground } = await run(ROW, { loadEndsAt: 15 });
    expect([code, out, ground.open()]).toEqual([1, '', 0]);
    expect(err).toContain('k6 ended with code 137.');
    expect(ground.clock.now()).toBeLessThan(1_000_000 + 20_000);
  });
});

it('ends when it is asked to, with nothing left', async () => {
  const ground = sampleGround();
  const ending = new AbortController();
  let err = '';
  const write = (text: string) => {
    err += text;
    if (text.startsWith('Running')) ending.abort();
  };
  const code = await real([SHOP, '--rate', '40'], {
    print: () => undefined,
    terminal: { isTerminal: false, write },
    ground,
    signal: ending.signal,
    environment: {},
  });
  expect([code, ground.open()]).toEqual([1, 0]);
  expect(err).toContain('Ended as asked; all containers are removed.');
});
