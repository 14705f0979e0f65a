import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleScenario, sampleSnapshot } from '../features/inspector/sample-run.ts';
import { shopOffers } from './offers.ts';
import { buyReason, type Situation, situationOf } from './purchase.ts';

const situation = situationOf(sampleSnapshot, sampleScenario, null);
const offersIn = (now: Situation, chosen = {}) =>
  shopOffers(sampleCatalog, now, chosen).flatMap(({ offers }) => offers);
const offerOf = (kind: string, now = situation, chosen = {}) =>
  offersIn(now, chosen).find((offer) => offer.entry.kind === kind);

describe('the shop', () => {
  it('shelves what the stage sells by group and numbers it through', () => {
    const groups = shopOffers(sampleCatalog, situation, {});
    expect(groups.map(({ group }) => group)).toEqual(['network', 'compute', 'data']);
    expect(offersIn(situation).map(({ entry, place }) => `${place} ${entry.kind}`)).toEqual([
      '1 load-balancer',
      '2 vm-basic',
      '3 sql-primary',
      '4 cache',
    ]);
  });

  it('offers the smallest size until another one is chosen', () => {
    expect(offerOf('vm-basic')?.size).toMatchObject({ size: 'S', price: 40 });
    expect(offerOf('vm-basic', situation, { 'vm-basic': 'L' })?.size.price).toBe(120);
  });

  it('says how much is missing for what is too dear', () => {
    expect(offerOf('vm-basic', situation, { 'vm-basic': 'L' })?.sale).toEqual({
      state: 'too-dear',
      reason: { key: 'shop.reasons.too-dear', money: 20 },
    });
  });

  it('sells what costs exactly the money there is', () => {
    expect(offerOf('vm-basic', { ...situation, money: 40 })?.sale.state).toBe('for-sale');
  });

  it.each([
    ['a full board', 'cache', { ...situation, nodeCount: 500 }, 'too-many-nodes'],
    ['a stage that is over', 'cache', { ...situation, phase: 'won' as const }, 'stage-over'],
    ['a watched run', 'cache', { ...situation, readOnly: 'watching' as const }, 'watching'],
  ])('locks %s and says so', (_, kind, now, reason) => {
    expect(offerOf(kind, now)?.sale).toEqual({
      state: 'locked',
      reason: { key: `shop.reasons.${reason}` },
    });
  });

  it('names the lock before the price', () => {
    expect(buyReason({ ...situation, money: 0 }, 'sql-replica', 40)?.key).toBe(
      'shop.reasons.not-for-sale',
    );
  });
});
