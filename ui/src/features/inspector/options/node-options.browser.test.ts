import { CATALOG } from '@project-devops/simulation';
import type {
  DispatchResult,
  NodeOf,
  Snapshot,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../../locales/index.ts';
import InspectorPanel from '../InspectorPanel.vue';
import { renderPanel } from '../sample-panel.ts';
import { sampleSnapshot } from '../sample-run.ts';

const position = { x: 0, y: 0 };
const balancer: NodeOf<'load-balancer'> = {
  kind: 'load-balancer',
  id: 'lb-1',
  size: 'S',
  policy: 'round-robin',
  position,
};
const cache: NodeOf<'cache'> = {
  kind: 'cache',
  id: 'cache-1',
  size: 'S',
  eviction: 'lfu',
  strategy: 'write-back',
  ttlSeconds: 90,
  position,
};
const queue: NodeOf<'queue'> = { kind: 'queue', id: 'queue-1', size: 'S', position };
const gateway: NodeOf<'api-gateway'> = {
  kind: 'api-gateway',
  id: 'api-1',
  size: 'S',
  classes: { home: 'web-1' },
  position,
};

function withNode(node: TopologyNode): Snapshot {
  const { nodes, links } = sampleSnapshot.topology;
  const others = nodes.filter(({ id }) => id !== node.id);
  const routes = ['web-1', 'web-2'].map((to) => ({ from: 'api-1', to }));
  return {
    ...sampleSnapshot,
    topology: { nodes: [...others, node], links: [...links, ...routes] },
  };
}

async function inspect(node: TopologyNode, answer?: DispatchResult) {
  const panel = await renderPanel(InspectorPanel, {
    snapshot: withNode(node),
    catalog: Object.values(CATALOG),
    ...(answer && { answer }),
  });
  panel.tools.select({ kind: 'node', id: node.id });
  const { screen, goOn } = panel;
  await expect.element(screen.getByRole('group', { name: 'Options' })).toBeVisible();
  return {
    ...panel,
    field: (name: string) => screen.getByRole('spinbutton', { name, exact: true }),
    list: (name: string) => screen.getByRole('combobox', { name, exact: true }),
    box: (name: string) => screen.getByRole('checkbox', { name, exact: true }),
    /** Fills a field and leaves it. */
    write: async (name: string, text: string) => {
      const field = screen.getByRole('spinbutton', { name, exact: true });
      await field.fill(text);
      (field.element() as HTMLElement).blur();
    },
    /** The next frame, with the node changed. */
    become: (changed: TopologyNode) => goOn([], withNode(changed)),
  };
}

const REFUSED: DispatchResult = { ok: false, refusal: { code: 'stage-over' } };
const configured = (id: string, options: object) => ({ type: 'configure-node', id, options });

describe('the options of a node', () => {
  it('are those of a balancer', async () => {
    const { list, box, screen } = await inspect(balancer);
    await expect.element(list('Balancing')).toHaveValue('round-robin');
    await expect.element(list('Balancing')).toHaveAccessibleDescription(/next request/);
    await expect.element(box('Health checks')).not.toBeChecked();
    expect(screen.getByRole('spinbutton').elements()).toEqual([]);
  });

  it('are those of a cache, as the node states them', async () => {
    const { list, box, field } = await inspect(cache);
    await expect.element(list('Eviction')).toHaveValue('lfu');
    await expect.element(list('Strategy')).toHaveValue('write-back');
    await expect.element(box('Time to live')).toBeChecked();
    await expect.element(field('Time to live')).toHaveValue(90);
    await expect.element(field('Flush every')).toHaveValue(1);
    await expect.element(box('Coalescing')).not.toBeChecked();
  });

  it('are those of a queue, at their usual values', async () => {
    const { list, box, field } = await inspect(queue);
    await expect.element(field('Partitions')).toHaveValue(8);
    await expect.element(field('Message size, at most')).toHaveValue(1024);
    await expect.element(list('Acknowledgement')).toHaveValue('leader');
    await expect.element(box('Expiry')).not.toBeChecked();
  });

  it('are named in Korean as well', async () => {
    const { screen } = await inspect(queue);
    await setLanguage('ko');
    await expect.element(screen.getByRole('spinbutton', { name: '파티션' })).toHaveValue(8);
  });
  afterEach(() => setLanguage('en'));
});

describe('a change', () => {
  it('arrives in the run', async () => {
    const { list, box, write, commands } = await inspect(queue);
    await list('Acknowledgement').selectOptions('all');
    await write('Partitions', '12');
    await box('Expiry').click();
    expect(commands).toEqual([
      configured('queue-1', { acks: 'all' }),
      configured('queue-1', { partitions: 12 }),
      configured('queue-1', { expirySeconds: 60 }),
    ]);
  });

  it('of one member keeps the others', async () => {
    const { box, write, commands, become } = await inspect(balancer);
    await box('Health checks').click();
    const healthCheck = { intervalSeconds: 5, unhealthyAfter: 3, healthyAfter: 2 };
    expect(commands).toEqual([configured('lb-1', { healthCheck })]);
    await become({ ...balancer, healthCheck });
    await write('Out after failures', '4');
    await box('Health checks').click();
    expect(commands.slice(1)).toEqual([
      configured('lb-1', { healthCheck: { ...healthCheck, unhealthyAfter: 4 } }),
      configured('lb-1', { healthCheck: null }),
    ]);
  });

  it('of a route leaves the other classes alone', async () => {
    const { list, commands } = await inspect(gateway);
    await expect.element(list('home')).toHaveValue('web-1');
    await list('browse').selectOptions('web-2');
    await list('home').selectOptions('all in turn');
    expect(commands).toEqual([
      configured('api-1', { classes: { home: 'web-1', browse: 'web-2' } }),
      configured('api-1', { classes: {} }),
    ]);
  });

  it('survives the frames that come while it is written', async () => {
    const { field, commands, become } = await inspect(queue);
    await field('Partitions').fill('16');
    await become({ ...queue });
    await expect.element(field('Partitions')).toHaveValue(16);
    (field('Partitions').element() as HTMLElement).blur();
    await expect.poll(() => commands).toEqual([configured('queue-1', { partitions: 16 })]);
  });

  it('is put back when the run refuses it', async () => {
    const { list, box, field, write, commands } = await inspect(cache, REFUSED);
    await list('Eviction').selectOptions('lru');
    await expect.element(list('Eviction')).toHaveValue('lfu');
    await box('Coalescing').click();
    await expect.element(box('Coalescing')).not.toBeChecked();
    await box('Time to live').click();
    await expect.element(box('Time to live')).toBeChecked();
    await write('Time to live', '30');
    await expect.element(field('Time to live')).toHaveValue(90);
    expect(commands).toHaveLength(4);
  });

  it.each(['65', '0', '2.5', ''])('to the bad value "%s" is not sent', async (text) => {
    const { field, write, screen, commands } = await inspect(queue);
    await write('Partitions', text);
    const message = 'A whole number from 1 to 64, please.';
    await expect.element(screen.getByRole('alert')).toHaveTextContent(message);
    await expect.element(field('Partitions')).toHaveAccessibleDescription(message);
    await expect.element(field('Partitions')).toHaveValue(8);
    expect(commands).toEqual([]);
    await write('Partitions', '9');
    await expect.poll(() => commands).toEqual([configured('queue-1', { partitions: 9 })]);
    expect(screen.getByRole('alert').elements()).toEqual([]);
  });

  it('cannot be made while a run is only watched', async () => {
    const { screen, tools } = await renderPanel(InspectorPanel, {
      info: { readOnly: 'watching' },
    });
    tools.select({ kind: 'node', id: 'lb-1' });
    await expect.element(screen.getByRole('combobox', { name: 'Balancing' })).toBeDisabled();
    const options = screen.getByRole('group', { name: 'Options' });
    await expect.element(options).toHaveAccessibleDescription(/recording|run/);
  });
});
