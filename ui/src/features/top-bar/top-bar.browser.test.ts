import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderOverWorker } from '../../session/sample-screen.ts';
import TopBar from './TopBar.vue';

async function renderBar() {
  const sample = await renderOverWorker(TopBar);
  await sample.begin();
  await expect.poll(() => sample.run.snapshot).not.toBeNull();
  return sample;
}
const speed = (name: string) => ({ name: new RegExp(`^${name}$`) });

describe('the top bar', () => {
  it('shows the figures of the snapshot', async () => {
    const { screen, run } = await renderBar();
    const bar = screen.getByRole('banner');
    await expect.element(bar).toMatchTextContent('00:00 / 08:00');
    await expect.element(bar).toMatchTextContent(`$${run.snapshot?.money}`);
    await expect.element(bar).toMatchTextContent(`${run.snapshot?.users}`);
    await expect.element(bar).toMatchTextContent(`−$${run.snapshot?.costPerHour}/h`);
    await expect.element(screen.getByRole('meter', { name: 'Error gauge' })).toBeInTheDocument();
  });

  it('runs the clock at the chosen speed, and pauses by key and by button', async () => {
    const { screen, run } = await renderBar();
    await run.dispatch({ type: 'start-operation' });
    await expect
      .element(screen.getByRole('button', speed('Speed 1×')))
      .toHaveAttribute('aria-pressed', 'true');
    await screen.getByRole('button', speed('Speed 4×')).click();
    await expect.poll(() => run.snapshot?.timeMs ?? 0, { timeout: 5_000 }).toBeGreaterThan(3_000);
    await expect.element(screen.getByRole('timer')).toMatchTextContent(/00:\d\d \/ 08:00/);
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard(' ');
    await expect.poll(() => run.speed).toBe(0);
    await userEvent.keyboard(' ');
    await expect.poll(() => run.speed).toBe(4);
    await userEvent.keyboard(',');
    await expect.poll(() => run.speed).toBe(2);
  });

  it('takes an action back and does it again', async () => {
    const { screen, run, scenario } = await renderBar();
    const node = scenario.topology.nodes[1];
    const undo = screen.getByRole('button', { name: 'Undo' });
    await expect.element(undo).toBeDisabled();
    const placeOf = () => run.snapshot?.topology.nodes.find(({ id }) => id === node?.id)?.position;
    await run.dispatch({ type: 'move-node', id: node?.id ?? '', position: { x: 1, y: 2 } });
    await expect.poll(placeOf).toEqual({ x: 1, y: 2 });
    await undo.click();
    await expect.poll(placeOf).toEqual(node?.position);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(placeOf).toEqual({ x: 1, y: 2 });
  });

  it('opens a menu that the arrow keys walk through, and leaves the stage', async () => {
    const { screen, run } = await renderBar();
    await screen.getByRole('button', { name: 'Menu' }).click();
    await expect.element(screen.getByRole('menuitem', { name: 'Settings' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(screen.getByRole('menuitem', { name: 'Leave the stage' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(run.info).toBeNull();
  });
});
