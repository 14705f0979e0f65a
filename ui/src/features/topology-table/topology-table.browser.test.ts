import { describe, expect, it } from 'vitest';
import { renderPanel } from '../inspector/sample-panel.ts';
import TopologyTable from './TopologyTable.vue';

describe('the topology as a table', () => {
  it('sorts by a column and says so', async () => {
    const { screen } = await renderPanel(TopologyTable);
    const nodes = screen.getByRole('table', { name: 'Nodes' });
    const cpu = nodes.getByRole('columnheader', { name: 'CPU used' });
    await cpu.getByRole('button').click();
    await cpu.getByRole('button').click();
    await expect.element(cpu).toHaveAttribute('aria-sort', 'descending');
    await expect.element(nodes.getByRole('rowheader').nth(0)).toHaveTextContent('web-1');
  });

  it('selects the node of a row, by key as well', async () => {
    const { screen, tools } = await renderPanel(TopologyTable);
    await screen.getByRole('button', { name: 'cache-1' }).click();
    expect(tools.selection).toEqual({ kind: 'node', id: 'cache-1' });
    await expect
      .element(screen.getByRole('button', { name: 'cache-1' }))
      .toHaveAttribute('aria-pressed', 'true');
  });

  it('links a node to what it may call, and only to that', async () => {
    const { screen, commands } = await renderPanel(TopologyTable);
    await screen.getByRole('combobox', { name: 'From' }).selectOptions('web-1');
    const to = screen.getByRole('combobox', { name: 'To' });
    expect([...(to.element() as HTMLSelectElement).options].map(({ value }) => value)).toEqual([
      '',
      'cache-1',
    ]);
    await to.selectOptions('cache-1');
    await screen.getByRole('button', { name: 'Connect', exact: true }).click();
    expect(commands).toEqual([{ type: 'connect', from: 'web-1', to: 'cache-1' }]);
  });

  it('cuts a link', async () => {
    const { screen, commands } = await renderPanel(TopologyTable);
    await screen.getByRole('button', { name: 'Disconnect lb-1 from web-2' }).click();
    expect(commands).toEqual([{ type: 'disconnect', from: 'lb-1', to: 'web-2' }]);
  });

  it('buys a node and finds it a place and a name', async () => {
    const { screen, commands } = await renderPanel(TopologyTable);
    await screen.getByRole('combobox', { name: 'Kind' }).selectOptions('vm-basic');
    await screen.getByRole('combobox', { name: 'Size' }).selectOptions('M');
    await screen.getByRole('button', { name: 'Add · $70' }).click();
    expect(commands).toMatchObject([
      { type: 'place-node', node: { kind: 'vm-basic', id: 'web-3', size: 'M' } },
    ]);
  });

  it('says why an action was refused', async () => {
    const refusal = { code: 'unknown-link', subject: 'lb-1>web-2' } as const;
    const { screen } = await renderPanel(TopologyTable, { answer: { ok: false, refusal } });
    await screen.getByRole('button', { name: 'Disconnect lb-1 from web-2' }).click();
    await expect
      .element(screen.getByRole('status'))
      .toHaveTextContent('This link is not there any more.');
  });

  it('removes a node that serves nothing at once', async () => {
    const { screen, commands } = await renderPanel(TopologyTable);
    await screen.getByRole('button', { name: 'Remove web-2' }).click();
    expect(commands).toEqual([{ type: 'remove-node', id: 'web-2' }]);
  });
});
