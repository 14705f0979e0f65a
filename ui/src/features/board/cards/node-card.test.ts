import type { NodeView, TopologyNode } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { sampleRow, sampleSnapshot } from '../../inspector/sample-run.ts';
import { type NodeCard, nodeCard } from './node-card.ts';

const scale = { onTimeMs: 400, maxErrorRatio: 0.05, costPerHour: 3, totalCostPerHour: 12 };
const position = { x: 0, y: 0 };
const nodeOf = (id: string) =>
  sampleSnapshot.topology.nodes.find((node) => node.id === id) as TopologyNode;
const viewOf = (id: string) => sampleSnapshot.nodes.find((view) => view.id === id) as NodeView;
const card = (id: string, overlay: Parameters<typeof nodeCard>[2] = 'load'): NodeCard =>
  nodeCard(nodeOf(id), viewOf(id), overlay, scale);

describe('a card', () => {
  it('shows what tells most about its kind', () => {
    expect(card('clients').line).toEqual({ show: 'requests', perSecond: 64 });
    expect(card('lb-1').line).toEqual({ show: 'policy', policy: 'round-robin' });
    expect(card('web-1').line).toEqual({ show: 'cpu', utilisation: 0.97, queue: 38 });
    expect(card('cache-1').line).toEqual({ show: 'cache', hitRatio: 0.83, eviction: 'lru' });
  });

  it('shows row locks while calls wait for them, else connections', () => {
    expect(card('primary').line).toEqual({ show: 'locks', waits: 2 });
    const free = { ...viewOf('primary'), lockWaits: 0 };
    expect(nodeCard(nodeOf('primary'), free, 'load', scale).line).toEqual({
      show: 'connections',
      used: 38,
      limit: 125,
    });
  });

  it('shows how far a replica is behind', () => {
    const replica: TopologyNode = { kind: 'sql-replica', id: 'r', size: 'S', position };
    const view = { ...viewOf('lb-1'), measurement: sampleRow('r', 1000, { lagMs: 400 }) };
    expect(nodeCard(replica, view, 'load', scale).line).toEqual({ show: 'lag', lagMs: 400 });
  });

  it('shows no figure before there is one', () => {
    expect(card('web-2')).toMatchObject({
      line: { show: 'starting' },
      bar: null,
      isStarting: true,
    });
    const fresh: NodeView = { ...viewOf('web-1'), measurement: null, dropped: {}, limitedBy: null };
    expect(nodeCard(nodeOf('web-1'), fresh, 'load', scale).line).toEqual({ show: 'ready' });
    expect(nodeCard(nodeOf('web-1'), null, 'latency', scale).line).toEqual({
      show: 'latency',
      p95Ms: null,
    });
  });

  it('is hot when it drops requests, and names the main cause', () => {
    expect(card('web-1')).toMatchObject({
      tone: 'hot',
      limit: 'cpu',
      drops: { status: 502, count: 31, cause: 'queue-full' },
    });
  });

  it('only warns while calls wait for locks', () => {
    expect(card('primary')).toMatchObject({ tone: 'warn', lockWaits: 2, drops: null });
  });

  it('is calm otherwise', () => {
    expect(card('lb-1').tone).toBe('calm');
  });
});

describe('the bar', () => {
  it('is the used CPU, and changes its level near the limit', () => {
    expect(card('lb-1').bar).toEqual({ share: 0.62, level: 'good' });
    expect(card('web-1').bar).toEqual({ share: 0.97, level: 'bad' });
  });

  it('is the p95 against what is on time', () => {
    expect(card('lb-1', 'latency').bar).toEqual({ share: 362 / 400, level: 'warn' });
  });

  it("is the errors against the stage's threshold", () => {
    expect(card('web-1', 'errors').bar).toEqual({ share: 1, level: 'bad' });
    expect(card('lb-1', 'errors').bar).toEqual({ share: 0, level: 'good' });
  });

  it("is the node's part of the running cost", () => {
    expect(card('web-1', 'cost')).toMatchObject({
      line: { show: 'cost', perHour: 3 },
      bar: { share: 0.25, level: 'plain' },
    });
    expect(card('clients', 'cost').bar).toBeNull();
  });
});

describe('real mode', () => {
  const real = (id: string, overlay: Parameters<typeof nodeCard>[2], used: number) =>
    nodeCard(nodeOf(id), viewOf(id), overlay, scale, {
      row: sampleRow(id, 98_000, { source: 'measured', utilisation: used }),
      predicted: sampleRow(id, 98_000, { utilisation: 0.6 }),
      container: 'healthy',
    });

  it('adds a bar of the measured figure, beside the prediction of the same window', () => {
    expect(real('lb-1', 'load', 0.58)).toMatchObject({
      bar: { share: 0.6 },
      real: { bar: { share: 0.58, level: 'good' }, container: 'healthy' },
    });
    expect(real('lb-1', 'latency', 0.58).real?.bar?.share).toBe(362 / 400);
  });

  it('has no measured bar for money, nor before anything is measured', () => {
    expect(real('web-1', 'cost', 0.5).real?.bar).toBeNull();
    const fresh = { row: null, predicted: null, container: 'starting' } as const;
    expect(nodeCard(nodeOf('web-1'), viewOf('web-1'), 'load', scale, fresh).real).toEqual({
      bar: null,
      container: 'starting',
    });
  });
});
