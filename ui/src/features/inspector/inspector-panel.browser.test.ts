import { describe, expect, it } from 'vitest';
import InspectorPanel from './InspectorPanel.vue';
import { renderPanel } from './sample-panel.ts';
import { sampleSnapshot } from './sample-run.ts';

async function inspectNode(id: string, given: Parameters<typeof renderPanel>[1] = {}) {
  const panel = await renderPanel(InspectorPanel, given);
  panel.tools.select({ kind: 'node', id });
  await expect.element(panel.screen.getByRole('heading', { name: new RegExp(id) })).toBeVisible();
  return panel;
}

describe('the inspector', () => {
  it('shows the service and its classes while nothing is selected', async () => {
    const { screen } = await renderPanel(InspectorPanel);
    await expect.element(screen.getByRole('heading')).toHaveTextContent('The whole service');
    await expect.element(screen.getByRole('row', { name: /browse/ })).toMatchTextContent(/75 %/);
    await expect.element(screen.getByText(/queue full/)).toBeVisible();
  });

  it('says what limits a node, since when, and what helps', async () => {
    const { screen } = await inspectNode('web-1');
    await expect.element(screen.getByText('Limited by CPU')).toBeVisible();
    await expect.element(screen.getByText(/for 40 s, since 01:00/)).toBeVisible();
    await expect.element(screen.getByText(/Helps: a larger size, or a clone/)).toBeVisible();
  });

  it('shows a dash, not a zero, for what was not measured', async () => {
    const { screen } = await inspectNode('primary', {
      snapshot: {
        ...sampleSnapshot,
        nodes: sampleSnapshot.nodes.map((view) =>
          view.measurement
            ? { ...view, measurement: { ...view.measurement, lockWaits: null } }
            : view,
        ),
      },
    });
    await expect.element(screen.getByText(/not measured/)).toBeVisible();
  });

  it('scales up for the difference of the prices', async () => {
    const { screen, commands } = await inspectNode('web-1');
    await screen.getByRole('button', { name: 'Scale up to L · $50' }).click();
    expect(commands).toEqual([{ type: 'resize-node', id: 'web-1', size: 'L' }]);
  });

  it('says why an action cannot be done and does nothing', async () => {
    const { screen, commands } = await inspectNode('web-1', {
      snapshot: { ...sampleSnapshot, money: 10 },
    });
    const clone = screen.getByRole('button', { name: 'Clone · $70' });
    await expect.element(clone).toHaveAccessibleDescription(/^\$60 short\./);
    await clone.click({ force: true });
    expect(commands).toEqual([]);
  });

  it('clones beside the original under the next free name', async () => {
    const { screen, commands } = await inspectNode('lb-1');
    await screen.getByRole('button', { name: /^Clone/ }).click();
    expect(commands).toMatchObject([{ type: 'clone-node', id: 'lb-1', newId: 'lb-2' }]);
  });

  it('asks before it removes what serves traffic, and gives the selection up with it', async () => {
    const { screen, commands, tools } = await inspectNode('web-1');
    await screen.getByRole('button', { name: /^Remove/ }).click();
    const question = screen.getByRole('alertdialog', { name: 'Remove web-1?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(commands).toEqual([]);
    await screen.getByRole('button', { name: /^Remove/ }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    expect(commands).toEqual([{ type: 'remove-node', id: 'web-1' }]);
    await expect.poll(() => tools.selection).toBeNull();
  });

  it('removes what serves nothing without a question', async () => {
    const { screen, commands } = await inspectNode('web-2');
    await screen.getByRole('button', { name: /^Remove/ }).click();
    expect(commands).toEqual([{ type: 'remove-node', id: 'web-2' }]);
  });

  it('puts the policy back when the change is refused', async () => {
    const { screen, commands } = await inspectNode('lb-1', {
      answer: { ok: false, refusal: { code: 'stage-over' } },
    });
    const policy = screen.getByRole('combobox', { name: 'Balancing' });
    await policy.selectOptions('least-connections');
    expect(commands).toMatchObject([{ options: { policy: 'least-connections' } }]);
    await expect.element(policy).toHaveValue('round-robin');
  });

  it('shows a link by its calls and cuts it', async () => {
    const { screen, commands, tools } = await renderPanel(InspectorPanel);
    tools.select({ kind: 'link', from: 'web-1', to: 'primary' });
    await expect.element(screen.getByText('write calls')).toBeVisible();
    await screen.getByRole('button', { name: 'Disconnect' }).click();
    expect(commands).toEqual([{ type: 'disconnect', from: 'web-1', to: 'primary' }]);
  });

  it('goes back to the service when the selected node is gone', async () => {
    const { screen, tools } = await renderPanel(InspectorPanel);
    tools.select({ kind: 'node', id: 'gone-1' });
    await expect.element(screen.getByRole('heading')).toHaveTextContent('The whole service');
  });
});
