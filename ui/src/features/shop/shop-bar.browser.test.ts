import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderPanel } from '../inspector/sample-panel.ts';
import { sampleSnapshot } from '../inspector/sample-run.ts';
import ShopBar from './ShopBar.vue';

const offer = (name: string) => ({ name: new RegExp(`^${name} `) });

describe('the shop', () => {
  it('takes a kind in hand at its smallest size and puts it back', async () => {
    const { screen, tools } = await renderPanel(ShopBar);
    const vm = screen.getByRole('button', offer('VM'));
    await vm.click();
    expect(tools.tool).toEqual({ kind: 'place', nodeKind: 'vm-basic', size: 'S' });
    await expect.element(vm).toHaveAttribute('aria-pressed', 'true');
    await vm.click();
    expect(tools.tool).toEqual({ kind: 'select' });
  });

  it('takes what a number key stands for', async () => {
    const { tools } = await renderPanel(ShopBar);
    await userEvent.keyboard('2');
    expect(tools.tool).toMatchObject({ nodeKind: 'vm-basic' });
  });

  it('lets a locked kind have the focus, says why, and does not sell it', async () => {
    const snapshot = { ...sampleSnapshot, phase: 'won' as const };
    const { screen, tools } = await renderPanel(ShopBar, { snapshot });
    const vm = screen.getByRole('button', offer('VM'));
    await userEvent.keyboard('2');
    await expect.element(vm).toHaveFocus();
    await expect.element(vm).toHaveAttribute('aria-disabled', 'true');
    await expect.element(screen.getByRole('tooltip')).toMatchTextContent(/^The stage is over/);
    await userEvent.keyboard('{Enter}');
    expect(tools.tool).toEqual({ kind: 'select' });
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('tooltip')).not.toBeInTheDocument();
  });

  it('shows only what the stage sells', async () => {
    const { screen } = await renderPanel(ShopBar);
    await expect.element(screen.getByRole('button', offer('VM'))).toBeVisible();
    await expect.element(screen.getByRole('button', offer('Replica'))).not.toBeInTheDocument();
  });

  it('sells another size at its own price', async () => {
    const { screen, tools } = await renderPanel(ShopBar);
    await screen.getByRole('button', { name: 'Size of VM: S. Choose another' }).click();
    await screen.getByRole('radio', { name: 'M' }).click();
    await userEvent.keyboard('{Escape}');
    const vm = screen.getByRole('button', { name: /^VM \$70$/ });
    await vm.click();
    expect(tools.tool).toMatchObject({ size: 'M' });
  });

  it('says what is missing for what is too dear', async () => {
    const { screen } = await renderPanel(ShopBar, { snapshot: { ...sampleSnapshot, money: 15 } });
    const vm = screen.getByRole('button', offer('VM'));
    await expect.element(vm).toHaveAccessibleDescription(/^\$25 short\./);
  });
});
