import { describe, expect, it } from 'vitest';
import { StateHash } from '../kernel/state-hash.ts';
import {
  errorCount,
  errorRatio,
  type Measurement,
  NODE_SCHEMAS,
  type NodeOf,
  parse,
} from '../protocol/index.ts';
import { isUp, nextErrorGauge } from '../rules/objectives.ts';
import { behind, EntranceRun, PAGE, web } from '../testing/entrance.ts';

function firewall(changes: Partial<NodeOf<'waf'>> = {}): NodeOf<'waf'> {
  return { kind: 'waf', id: 'waf', position: { x: 0, y: 0 }, size: 'XL', ...changes };
}

const SERVERS = [web('web-1'), web('web-2')];
const CLASSES = {
  page: PAGE,
  probe: { ...PAGE, hostile: 'injection' as const },
  bots: { ...PAGE, hostile: 'flood' as const },
};
const MIX = { page: 6, probe: 1, bots: 3 };

/** Forty seconds of a hundred requests a second through a firewall. */
function through(options: Partial<NodeOf<'waf'>>, shares: Readonly<Record<string, number>> = MIX) {
  const run = new EntranceRun({ topology: behind(firewall(options), SERVERS), classes: CLASSES });
  run.offer(100, shares);
  return run.until(40);
}

/** Whether a share of so many is what it should be, within four standard errors. */
function expectShare(share: number, p: number, of: number): void {
  expect(Math.abs(share - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / of));
}

const hostileOf = (row: Measurement) => {
  if (row.hostile === undefined) throw new Error('no hostile requests counted');
  return row.hostile;
};

describe('a firewall that detects', () => {
  it('counts what it takes for hostile, and stops nothing', () => {
    const row = through({ mode: 'detect', detectionRatio: 0.9, falsePositiveRatio: 0.05 });
    expect(row('waf').errors).toEqual({});
    expectShare((row('waf').flagged ?? 0) / row('waf').offered, 0.6 * 0.05 + 0.4 * 0.9, 4_000);
    expect(hostileOf(row('*')).errors).toEqual({});
    expect(hostileOf(row('*')).breaches).toBeGreaterThan(0);
  });

  it('changes nothing that anybody draws: its servers serve what they would have', () => {
    const sharp = through({ mode: 'detect', detectionRatio: 1, falsePositiveRatio: 1 });
    const blunt = through({ mode: 'detect', detectionRatio: 0, falsePositiveRatio: 0 });
    expect(sharp('waf').flagged).toBe(sharp('waf').served + sharp('waf').inFlight);
    expect(blunt('waf').flagged).toBe(0);
    expect(sharp('web-1').latency).toEqual(blunt('web-1').latency);
  });
});

describe('a firewall that blocks', () => {
  it('stops its share of the hostile requests, whatever they are', () => {
    for (const shares of [{ probe: 1 }, { bots: 1 }]) {
      const row = through({ mode: 'block', detectionRatio: 0.8 }, shares);
      const { errors, offered } = hostileOf(row('*'));
      expectShare((errors.blocked ?? 0) / offered, 0.8, offered);
      expect(row('waf').flagged).toBe(errors.blocked);
    }
  });

  it('has done its work with a hostile request that it stops: its own errors are the innocent ones', () => {
    const stopping = { mode: 'block', detectionRatio: 1, falsePositiveRatio: 0 } as const;
    const row = through(stopping, { page: 1, bots: 1 });
    expect(row('waf').errors).toEqual({});
    expect(row('waf').offered).toBe(row('waf').served + row('waf').inFlight);
    const mistaken = through({ ...stopping, falsePositiveRatio: 0.5 }, { page: 1, bots: 1 });
    expect(mistaken('waf').errors).toEqual(mistaken('*').errors);
  });

  it('stops a few innocent ones too, which are the users’ errors', () => {
    const row = through({ mode: 'block', falsePositiveRatio: 0.1 }, { page: 1 });
    expectShare(errorRatio(row('*')) ?? 0, 0.1, row('*').offered);
    expect(row('*').errors).toEqual(row('waf').errors);
    expect(Object.keys(row('*').errors)).toEqual(['blocked']);
  });

  it('protects what is behind it', () => {
    const row = through({ mode: 'block', detectionRatio: 1, falsePositiveRatio: 0 });
    expect(row('web-1').offered + row('web-2').offered).toBe(row('*').served);
    expect(hostileOf(row('*')).breaches).toBe(0);
    expect(hostileOf(row('*')).served).toBe(0);
  });

  it('plays the same game again, its draws included in the hash', () => {
    const hashAfter = (detectionRatio: number) => {
      const topology = behind(firewall({ mode: 'block', detectionRatio }), SERVERS);
      const run = new EntranceRun({ topology, classes: CLASSES });
      run.offer(100, MIX);
      run.until(5);
      const hash = new StateHash();
      run.simulator.mixInto(hash);
      return hash.digest();
    };
    expect(hashAfter(0.5)).toBe(hashAfter(0.5));
    expect(hashAfter(0.5)).not.toBe(hashAfter(0.6));
  });
});

describe('hostile requests', () => {
  it('are counted apart from the users’ end to end: stopping them is no error, serving them no success', () => {
    const stopped = through({ mode: 'block', detectionRatio: 1, falsePositiveRatio: 0 })('*');
    const served = through({ mode: 'detect' })('*');
    expect(errorRatio(stopped)).toBe(0);
    const objective = { maxErrorRatio: 0.05, gaugeSeconds: 60 };
    expect(nextErrorGauge(0.5, stopped, objective)).toBeLessThan(0.5);
    expect(isUp(stopped, objective)).toBe(true);
    for (const row of [stopped, served]) {
      expectShare(row.offered / 4_000, 0.6, 4_000);
      expect(row.goodByClass).toEqual({ page: row.good, probe: 0, bots: 0 });
    }
    expect(errorCount(hostileOf(stopped).errors)).toBeGreaterThan(1_000);
    expect(hostileOf(served).breaches).toBeLessThan(hostileOf(served).served);
  });

  it('are conserved, as the users’ are', () => {
    const run = new EntranceRun({
      topology: behind(firewall({ mode: 'block' }), SERVERS),
      classes: CLASSES,
    });
    run.offer(400, MIX);
    let before = { users: 0, hostile: 0 };
    for (let second = 1; second <= 20; second++) {
      const row = run.until(second)('*');
      const hostile = hostileOf(row);
      expect(row.offered + before.users).toBe(row.served + errorCount(row.errors) + row.inFlight);
      expect(hostile.offered + before.hostile).toBe(
        hostile.served + errorCount(hostile.errors) + hostile.inFlight,
      );
      before = { users: row.inFlight, hostile: hostile.inFlight };
    }
  });

  it('that time out are no error of the service’s either', () => {
    const impatient = { ...CLASSES, bots: { ...CLASSES.bots, timeoutMs: 1 } };
    const topology = behind(firewall(), SERVERS);
    const run = new EntranceRun({ topology, classes: impatient });
    run.offer(100, { bots: 1 });
    const row = run.until(10)('*');
    expect(row.offered).toBe(0);
    expect(hostileOf(row).errors['time-out']).toBeGreaterThan(900);
  });

  it('are not spoken of where no class is hostile', () => {
    const run = new EntranceRun({ topology: behind(firewall(), SERVERS) });
    run.offer(10);
    expect(run.until(5)('*')).not.toHaveProperty('hostile');
  });
});

describe('a firewall’s options', () => {
  it.each([
    ['more than all', { detectionRatio: 1.01 }],
    ['less than none', { falsePositiveRatio: -0.01 }],
    ['no number', { detectionRatio: Number.NaN }],
    ['another mode', { mode: 'ask' }],
  ])('are refused by the schema: %s', (_, options) => {
    expect(parse(NODE_SCHEMAS.waf, { ...firewall(), ...options }).ok).toBe(false);
    expect(parse(NODE_SCHEMAS.waf, firewall()).ok).toBe(true);
  });
});
