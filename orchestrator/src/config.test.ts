import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

function faultsOf(environment: Record<string, string>): readonly string[] {
  const reading = readConfig(environment);
  return reading.ok ? [] : reading.faults;
}

describe('readConfig', () => {
  it('listens on the loopback at 4700 unless told otherwise', () => {
    expect(readConfig({})).toMatchObject({
      ok: true,
      config: { HOST: '127.0.0.1', PORT: 4700, portAsked: false, ALLOWED_HOSTS: [] },
    });
  });

  it('knows whether the port was asked for, also when it is the default one', () => {
    expect(readConfig({ PORT: '4700' })).toMatchObject({ config: { PORT: 4700, portAsked: true } });
    expect(readConfig({ PORT: '0' })).toMatchObject({ config: { PORT: 0, portAsked: true } });
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ PORT: '', HOST: '' })).toMatchObject({
      config: { HOST: '127.0.0.1', PORT: 4700, portAsked: false },
    });
  });

  it('reads host names separated by commas', () => {
    expect(readConfig({ ALLOWED_HOSTS: 'devops.example, 10.0.0.5,::1' })).toMatchObject({
      config: { ALLOWED_HOSTS: ['devops.example', '10.0.0.5', '::1'] },
    });
  });

  it.each(['abc', '-1', '65536', '4700.5', '0x10', '1e3', ' 80', '99999999999999999999'])(
    'refuses PORT=%s, naming the variable and what it should be',
    (PORT) => {
      expect(faultsOf({ PORT })).toEqual([
        `PORT is ${JSON.stringify(PORT)}; it should be a whole number from 0 to 65535 (0 takes any free port).`,
      ]);
    },
  );

  it.each([
    ['HOST', 'two words'],
    ['LOG_LEVEL', 'loud'],
    ['ALLOWED_HOSTS', 'devops.example:80'],
    ['ALLOWED_HOSTS', 'a,,b'],
    ['ALLOWED_HOSTS', 'http://devops.example'],
    ['DATA_DIR', 'x'.repeat(5_000)],
  ])('refuses %s=%s', (variable, value) => {
    expect(faultsOf({ [variable]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${variable} is ".*; it should be .*\\.$`)),
    ]);
  });

  it('reports every wrong variable at once', () => {
    expect(faultsOf({ PORT: 'x', LOG_LEVEL: 'x' })).toHaveLength(2);
  });
});
