import { expect, it } from 'vitest';
import { readRealOrder } from './arguments.ts';

const orderOf = (...args: string[]) => {
  const reading = readRealOrder(args);
  if (reading.kind !== 'order') throw new Error(JSON.stringify(reading));
  return reading.order;
};
const faultOf = (...args: string[]) => {
  const reading = readRealOrder(args);
  return reading.kind === 'fault' ? reading.fault : reading.kind;
};

it('leaves everything that is not asked for to the file', () => {
  expect(orderOf('a.yaml')).toEqual({
    file: 'a.yaml',
    output: 'table',
    seed: 1,
    warmupSeconds: 10,
    ratePerSecond: null,
    seconds: null,
    scale: 1,
  });
});

it('reads every option, wherever it stands', () => {
  const args = '--scale 1/4 --rate 40 a.yaml --seconds 90 --warmup 5 --seed 7 --json'.split(' ');
  expect(orderOf(...args)).toEqual({
    file: 'a.yaml',
    output: 'json',
    seed: 7,
    warmupSeconds: 5,
    ratePerSecond: 40,
    seconds: 90,
    scale: 4,
  });
  expect(orderOf('a.yaml', '--scale=1/64', '--markdown')).toMatchObject({
    output: 'markdown',
    scale: 64,
  });
  expect(orderOf('--', '--scale')).toMatchObject({ file: '--scale', scale: 1 });
});

it.each(['2', '1/0', '1/65', '1/1.5', '2/1', ''])('refuses the scale %j', (scale) => {
  expect(faultOf('a.yaml', '--scale', scale)).toContain('it should be 1/N');
});

it.each([
  [['--json', '--markdown'], 'Either --json or --markdown'],
  [['--csv'], '--csv is for npm run simulate'],
  [['--requests', '9'], 'give --seconds'],
  [['--arrivals', 'poisson'], 'evenly spaced'],
  [['--profile', 'p.json'], 'leave --profile out'],
  [['--trace', 't.json'], '--trace is for npm run simulate'],
  [['--seconds', '1.5'], '--seconds should be whole'],
  [['--rate', '-1'], '--rate is "-1"'],
  [['--fast'], "Unknown option '--fast'"],
])('refuses %j with a sentence', (args, fault) => {
  expect(faultOf('a.yaml', ...args)).toContain(fault);
});

it('explains itself', () => {
  expect(readRealOrder(['--help'])).toEqual({ kind: 'help' });
});
