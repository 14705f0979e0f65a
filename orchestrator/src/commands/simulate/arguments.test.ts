import { describe, expect, it } from 'vitest';
import { readOrder, USAGE } from './arguments.ts';

const faultOf = (...args: readonly string[]) => {
  const reading = readOrder(args);
  return reading.kind === 'fault' ? reading.fault : `no fault but ${reading.kind}`;
};

describe('a command line', () => {
  it('needs no more than a file', () => {
    expect(readOrder(['shop.yaml'])).toEqual({
      kind: 'order',
      order: {
        file: 'shop.yaml',
        output: 'table',
        seed: 1,
        arrivals: null,
        warmupSeconds: 0,
        ratePerSecond: null,
        extent: null,
        profile: null,
        trace: null,
      },
    });
  });

  it('may ask for traces, of one request in a hundred unless it says', () => {
    expect(readOrder(['a', '--trace', 't.json'])).toMatchObject({
      order: { trace: { file: 't.json', ratio: 0.01 } },
    });
    expect(readOrder(['a', '--trace=t.json', '--trace-ratio', '1'])).toMatchObject({
      order: { trace: { file: 't.json', ratio: 1 } },
    });
  });

  it('may say everything, in any order', () => {
    const args =
      '--csv --seed 0 --rate=2.5e1 shop.yaml --warmup 0 --requests 5 --arrivals uniform --profile p.json';
    expect(readOrder(args.split(' '))).toMatchObject({
      order: {
        file: 'shop.yaml',
        output: 'csv',
        seed: 0,
        arrivals: 'uniform',
        warmupSeconds: 0,
        ratePerSecond: 25,
        extent: { requests: 5 },
        profile: 'p.json',
      },
    });
  });

  it('may ask for help, whatever else it says', () => {
    expect(readOrder(['--help', '--json'])).toEqual({ kind: 'help' });
    expect(readOrder(['-h'])).toEqual({ kind: 'help' });
    for (const line of USAGE.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it.each([
    [[], 'A FILE is missing.'],
    [[''], 'A FILE is missing.'],
    [['a', 'b'], 'One FILE at a time, please: "b" is one too many.'],
    [['a', '--json', '--csv'], 'Either --json or --csv, not both.'],
    [['a', '--seconds', '1', '--requests', '1'], 'Either --seconds or --requests, not both.'],
    [['a', '--trace-ratio', '0.5'], '--trace-ratio needs --trace FILE.'],
    [['a', '--trace='], '--trace needs the name of a file.'],
    [['a', '--profile='], '--profile needs the name of a file.'],
    [['a', '--fast'], "Unknown option '--fast'"],
    [
      ['a', '--profile', '--json'],
      "Option '--profile' argument is ambiguous. Did you forget to specify the option argument for '--profile'? To specify an option argument starting with a dash use '--profile=-XYZ'.",
    ],
    [['a', '--arrivals', 'often'], '--arrivals is "often"; it should be poisson or uniform.'],
  ])('is refused: %j', (args, fault) => {
    expect(faultOf(...args)).toBe(fault);
  });

  it.each([
    [['a', '--rate'], '--rate'],
    [['a', '--json=yes'], '--json'],
  ])('is refused with the option’s name: %j', (args, name) => {
    expect(faultOf(...args)).toContain(name);
  });

  it.each(['0', '-5', '1e9', '1e999', 'NaN', 'Infinity', '', ' 5', '0x10', '5 req/s', '-.5'])(
    'has no rate of "%s"',
    (text) => {
      expect(faultOf('a', '--rate', text)).toBe(
        `--rate is ${JSON.stringify(text)}; it should be a number from 0.001 to 100000.`,
      );
    },
  );

  it.each([
    ['seed', '-1', 'a whole number from 0 to 4294967295'],
    ['seed', '4294967296', 'a whole number from 0 to 4294967295'],
    ['seed', '1.5', 'a whole number from 0 to 4294967295'],
    ['warmup', '-1', 'a number from 0 to 86400'],
    ['warmup', '86401', 'a number from 0 to 86400'],
    ['seconds', '0', 'a number from 0.001 to 86400'],
    ['trace-ratio', '0', 'a number from 0.000001 to 1'],
    ['trace-ratio', '1.1', 'a number from 0.000001 to 1'],
    ['requests', '0', 'a whole number from 1 to 1000000000'],
    ['requests', '2.5', 'a whole number from 1 to 1000000000'],
  ])('has no %s of %s', (option, text, range) => {
    expect(faultOf('a', `--${option}`, text)).toBe(
      `--${option} is "${text}"; it should be ${range}.`,
    );
  });
});
