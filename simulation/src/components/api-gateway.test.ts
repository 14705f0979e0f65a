import { describe, expect, it } from 'vitest';
import { Serving } from '../execution/serving.ts';
import { KINDS } from '../game-kinds.ts';
import {
  CommandSchema,
  NODE_SCHEMAS,
  type NodeOf,
  parse,
  type TopologyNode,
} from '../protocol/index.ts';
import { configured } from '../rules/node-options.ts';
import { behind, EntranceRun, PAGE, web } from '../testing/entrance.ts';
import { slow } from '../testing/situation.ts';
import { DEFAULT_PROFILE } from './default-profile.ts';
import { BEHIND_GATEWAYS } from './kind-groups.ts';

function gateway(changes: Partial<NodeOf<'api-gateway'>> = {}): NodeOf<'api-gateway'> {
  return { kind: 'api-gateway', id: 'api', position: { x: 0, y: 0 }, size: 'XL', ...changes };
}

const TWO = [web('web-1'), web('web-2')];
const CLASSES = { page: PAGE, shop: PAGE, blog: PAGE };

describe('an API gateway that routes', () => {
  const routing = gateway({ classes: { shop: 'web-2', blog: 'web-1' } });

  it('sends each class to its own node, and the others to all in turn', () => {
    const run = new EntranceRun({ topology: behind(routing, TWO), classes: CLASSES });
    const only = (name: string, until: number) => {
      run.offer(50, { [name]: 1 });
      const row = run.until(until);
      return [row('web-1').served, row('web-2').served];
    };
    expect(only('shop', 10.01)).toEqual([0, 500]);
    expect(only('blog', 20.01)).toEqual([500, 0]);
    expect(only('page', 30.01)).toEqual([250, 250]);
  });

  it('has no route for a class whose node is not linked, and the check before the run says so', () => {
    const topology = behind(gateway({ classes: { shop: 'web-9' } }), TWO);
    const run = new EntranceRun({ topology, classes: CLASSES });
    run.offer(50, { shop: 1, page: 1 });
    const row = run.until(10.01);
    expect(Object.keys(row('api').errors)).toEqual(['no-route']);
    expect(row('web-1').served + row('web-2').served).toBe(row('*').served);

    const data = { items: 1, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 };
    const serving = new Serving(topology, { kinds: KINDS, profile: DEFAULT_PROFILE, data });
    const clients = topology.nodes[0] as TopologyNode;
    expect(serving.missingLink(clients, 'page', PAGE)).toBeNull();
    expect(serving.missingLink(clients, 'shop', PAGE)).toEqual({
      from: 'api',
      to: BEHIND_GATEWAYS,
      only: 'web-9',
    });
  });

  it('routes by its new table once it is configured', () => {
    const run = new EntranceRun({ topology: behind(routing, TWO), classes: CLASSES });
    run.offer(50, { shop: 1 });
    run.until(10.01);
    run.change(behind(gateway({ classes: { shop: 'web-1' } }), TWO));
    const row = run.until(20.01);
    expect([row('web-1').served, row('web-2').served]).toEqual([500, 0]);
  });
});

describe('an API gateway that asks for keys', () => {
  it('refuses the classes that have none, for its CPU time but nobody else’s', () => {
    const classes = { page: PAGE, scraper: { ...PAGE, credential: 'none' as const } };
    const profile = slow({ 'gateway-request': 4 });
    const topology = behind(gateway({ requireKey: true }), TWO);
    const run = new EntranceRun({ topology, classes, profile });
    run.offer(100, { page: 1, scraper: 3 });
    const row = run.until(20);
    expect(row('*').errors).toEqual({ unauthorised: row('api').errors.unauthorised });
    const refused = row('api').errors.unauthorised ?? 0;
    const standardError = Math.sqrt((0.75 * 0.25) / 2_000);
    expect(Math.abs(refused / row('*').offered - 0.75)).toBeLessThan(4 * standardError);
    expect(row('web-1').offered + row('web-2').offered).toBe(row('*').served);
    // 100 a second of 4 ms each, on two cores.
    expect(row('api').utilisation).toBeCloseTo(0.2, 2);
  });

  it('lets every class pass when it does not ask', () => {
    const classes = { page: { ...PAGE, credential: 'none' as const } };
    const run = new EntranceRun({ topology: behind(gateway(), TWO), classes });
    run.offer(100);
    expect(run.until(10)('*').errors).toEqual({});
  });
});

describe('an API gateway with a rate limit', () => {
  it('lets burst + rate * time of a saturating stream pass, and refuses the rest', () => {
    const rateLimit = { perSecond: 50, burst: 30 };
    const run = new EntranceRun({ topology: behind(gateway({ rateLimit }), TWO) });
    run.offer(200);
    const row = run.until(10);
    // The first request comes after 5 ms and the last after 10 s, some tenths of a ms for each way.
    expect(row('web-1').offered + row('web-2').offered).toBeGreaterThanOrEqual(30 + 499);
    expect(row('web-1').offered + row('web-2').offered).toBeLessThanOrEqual(30 + 500);
    expect(row('api').errors).toEqual(row('*').errors);
    expect(Object.keys(row('api').errors)).toEqual(['rate-limited']);
    expect(row('api').offered).toBe(
      row('api').served + (row('api').errors['rate-limited'] ?? 0) + row('api').inFlight,
    );
  });

  it('takes effect, changes and ends while the gateway runs', () => {
    const run = new EntranceRun({ topology: behind(gateway(), TWO) });
    run.offer(200);
    const refusedPerSecond = (
      until: number,
      rateLimit: { perSecond: number; burst: number } | null,
    ) => {
      run.change(behind(gateway({ rateLimit }), TWO));
      return (run.until(until)('*').errors['rate-limited'] ?? 0) / 10;
    };
    expect(refusedPerSecond(10, null)).toBe(0);
    expect(refusedPerSecond(20, { perSecond: 50, burst: 10 })).toBeCloseTo(149, 0);
    expect(refusedPerSecond(30, { perSecond: 150, burst: 10 })).toBeCloseTo(50, 0);
    // A request that was in the gateway before the change goes by the rules it met.
    expect(refusedPerSecond(40, null)).toBeLessThanOrEqual(0.1);
  });
});

describe('a gateway’s options', () => {
  it.each([
    ['a limit', { rateLimit: { perSecond: 10, burst: 5 } }, true],
    ['no limit', { rateLimit: null, requireKey: true }, true],
    ['a table', { classes: { shop: 'web-1' } }, true],
    ['a limit without a burst', { rateLimit: { perSecond: 10 } }, false],
  ])('are set by a command: %s', (_, options, isTaken) => {
    const command = { type: 'configure-node', id: 'api', options };
    expect(parse(CommandSchema, command).ok).toBe(isTaken);
    expect(typeof configured(gateway(), options) === 'object').toBe(isTaken);
  });

  it.each([
    ['no rate', { rateLimit: { perSecond: 0, burst: 1 } }],
    ['a rate that is no number', { rateLimit: { perSecond: Number.NaN, burst: 1 } }],
    ['no burst', { rateLimit: { perSecond: 1, burst: 0 } }],
    ['a huge burst', { rateLimit: { perSecond: 1, burst: 1e9 } }],
    ['half a burst', { rateLimit: { perSecond: 1, burst: 1.5 } }],
  ])('are refused by the schema: %s', (_, options) => {
    expect(parse(NODE_SCHEMAS['api-gateway'], gateway(options)).ok).toBe(false);
    expect(parse(NODE_SCHEMAS['api-gateway'], gateway()).ok).toBe(true);
  });
});
