import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { middleOf, renderStageBoard } from './sample-board.ts';

type Board = Awaited<ReturnType<typeof renderStageBoard>>;
const placeOf = ({ run }: Board, id: string) =>
  run.snapshot?.topology.nodes.find((node) => node.id === id)?.position;
const linksOf = ({ run }: Board): string[] =>
  (run.snapshot?.topology.links ?? []).map(({ from, to }) => `${from}>${to}`);

/** A press in the middle between two nodes, moved down by so many pixels. */
function between(board: Board, one: string, other: string, down: number) {
  const a = middleOf(board.node(one).element());
  const b = middleOf(board.node(other).element());
  return { position: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 + down } };
}

describe('placing', () => {
  it('follows the pointer, buys with a press, and selects what was bought', async () => {
    const board = await renderStageBoard();
    board.tools.startPlacing('vm-basic', 'S');
    await board.map.hover(between(board, 'clients', 'web-1', 120));
    await expect.element(board.screen.getByText('$60', { exact: true })).toBeVisible();
    await board.map.click(between(board, 'clients', 'web-1', 120));
    await expect.element(board.node('web-2')).toBeVisible();
    await expect.poll(() => board.tools.selection).toEqual({ kind: 'node', id: 'web-2' });
    expect(board.run.snapshot?.money).toBeLessThan(260);
    const place = placeOf(board, 'web-2');
    expect((place?.x ?? 1) % 24).toBe(0);
    expect(board.tools.tool.kind).toBe('select');
  });

  it('keeps another one in hand with Shift, and puts it away with Escape', async () => {
    const board = await renderStageBoard();
    board.tools.startPlacing('load-balancer', 'S');
    const press = between(board, 'clients', 'web-1', 120);
    await board.map.click({ ...press, modifiers: ['Shift'] });
    await expect.element(board.node('lb-1')).toBeVisible();
    expect(board.tools.tool.kind).toBe('place');
    await userEvent.keyboard('{Escape}');
    expect(board.tools.tool.kind).toBe('select');
  });

  it('says what stands in the way, and does not buy', async () => {
    const board = await renderStageBoard();
    board.tools.startPlacing('vm-basic', 'S');
    await board.map.click({ position: middleOf(board.node('web-1').element()) });
    await expect
      .element(board.screen.getByText('web-1 stands here. Choose a free place.'))
      .toBeVisible();
    expect(board.run.snapshot?.topology.nodes).toHaveLength(3);
  });

  it('says how much money is missing', async () => {
    const board = await renderStageBoard();
    board.tools.startPlacing('vm-basic', 'XL');
    const entry = board.run.library?.catalog.find(({ kind }) => kind === 'vm-basic');
    const price = entry?.sizes.find(({ size }) => size === 'XL')?.price ?? 0;
    const missing = price - (board.run.snapshot?.money ?? 0);
    await expect.element(board.screen.getByText(new RegExp(`^\\$${missing} short`))).toBeVisible();
  });

  it('works by keys alone', async () => {
    const board = await renderStageBoard();
    board.tools.startPlacing('load-balancer', 'S');
    const ghost = board.screen.getByRole('button', { name: /^Place Load balancer S for \$40/ });
    await expect.element(ghost).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    await expect.element(board.node('lb-1')).toHaveFocus();
  });
});

describe('linking', () => {
  async function withBalancer() {
    const board = await renderStageBoard();
    board.tools.startPlacing('load-balancer', 'S');
    await board.map.click(between(board, 'clients', 'web-1', 130));
    await expect.element(board.node('lb-1')).toBeVisible();
    return board;
  }

  it('works by drag from a port', async () => {
    const board = await withBalancer();
    await userEvent.dragAndDrop(board.port('lb-1'), board.node('web-1'));
    await expect.poll(() => linksOf(board)).toContain('lb-1>web-1');
    expect(board.tools.tool.kind).toBe('select');
  });

  it('works by two presses', async () => {
    const board = await withBalancer();
    await board.port('lb-1').click();
    expect(board.tools.tool).toEqual({ kind: 'connect', from: 'lb-1' });
    await board.map.click({ position: middleOf(board.node('web-1').element()) });
    await expect.poll(() => linksOf(board)).toContain('lb-1>web-1');
  });

  it('works by keys: C, an arrow, Enter', async () => {
    const board = await withBalancer();
    await expect.element(board.node('lb-1')).toHaveFocus();
    await userEvent.keyboard('c{ArrowRight}');
    await expect.element(board.node('web-1')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => linksOf(board)).toContain('lb-1>web-1');
  });

  it('dims what cannot be called and says why', async () => {
    const board = await withBalancer();
    await board.port('lb-1').click();
    await expect.element(board.node('primary')).toHaveAttribute('aria-disabled', 'true');
    await board.node('primary').click({ force: true });
    await expect
      .element(board.screen.getByText(/^lb-1 cannot call primary\./).first())
      .toBeVisible();
    expect(linksOf(board)).toHaveLength(2);
    expect(board.tools.tool.kind).toBe('connect');
    await userEvent.keyboard('{Escape}');
    expect(board.tools.tool.kind).toBe('select');
  });

  it('does not begin where the last link is taken', async () => {
    const board = await withBalancer();
    await board.port('clients').click({ force: true });
    await expect
      .element(board.screen.getByText(/clients takes no more links/).first())
      .toBeVisible();
    expect(board.tools.tool.kind).toBe('select');
  });

  it('selects a link by a press near it and removes it with Delete or its button', async () => {
    const board = await renderStageBoard();
    await board.map.click(between(board, 'clients', 'web-1', 4));
    expect(board.tools.selection).toEqual({ kind: 'link', from: 'clients', to: 'web-1' });
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => linksOf(board)).toEqual(['web-1>primary']);
    await expect.element(board.node('clients')).toHaveFocus();
    await board.map.click(between(board, 'web-1', 'primary', -4));
    await board.screen
      .getByRole('button', { name: 'Remove the link from web-1 to primary' })
      .click();
    await expect.poll(() => linksOf(board)).toEqual([]);
  });
});

describe('moving and removing', () => {
  it('moves a node by drag to the nearest dot', async () => {
    const board = await renderStageBoard();
    const before = placeOf(board, 'web-1');
    await userEvent.dragAndDrop(board.node('web-1'), board.map, {
      targetPosition: between(board, 'clients', 'web-1', 150).position,
    });
    await expect.poll(() => placeOf(board, 'web-1')).not.toEqual(before);
    const after = placeOf(board, 'web-1');
    expect([(after?.x ?? 1) % 24, (after?.y ?? 1) % 24].map(Math.abs)).toEqual([0, 0]);
    expect(board.tools.selection).toBeNull();
  });

  it('moves a node by Alt and arrows with one command', async () => {
    const board = await renderStageBoard();
    const before = placeOf(board, 'web-1');
    (board.node('web-1').element() as HTMLElement).focus();
    const revision = board.run.snapshot?.revision ?? 0;
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowDown}{/Alt}');
    await expect.poll(() => placeOf(board, 'web-1')?.y ?? 0).toBeGreaterThan((before?.y ?? 0) + 40);
    expect(board.run.snapshot?.revision).toBe(revision + 1);
    await expect.element(board.node('web-1')).toHaveFocus();
  });

  it('puts a node beside the one it is dropped on', async () => {
    const board = await renderStageBoard();
    await userEvent.dragAndDrop(board.node('primary'), board.node('web-1'));
    await expect.poll(() => board.run.snapshot?.revision).toBe(1);
    const [web, primary] = [placeOf(board, 'web-1'), placeOf(board, 'primary')];
    const apart =
      Math.abs((web?.x ?? 0) - (primary?.x ?? 0)) >= 148 ||
      Math.abs((web?.y ?? 0) - (primary?.y ?? 0)) >= 66;
    expect(apart).toBe(true);
  });

  it('removes the selected node and keeps the focus on the map', async () => {
    const board = await renderStageBoard();
    await board.node('web-1').click();
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => board.run.snapshot?.topology.nodes.length).toBe(2);
    expect(board.tools.selection).toBeNull();
    expect(document.activeElement?.hasAttribute('data-node-button')).toBe(true);
  });

  it('says in words why the engine refused', async () => {
    const board = await renderStageBoard();
    await board.node('clients').click();
    await userEvent.keyboard('{Delete}');
    await expect
      .element(
        board.screen.getByText('clients belongs to the stage and cannot be removed.').first(),
      )
      .toBeVisible();
  });

  it('arranges all nodes', async () => {
    const board = await renderStageBoard();
    await userEvent.dragAndDrop(board.node('primary'), board.map, {
      targetPosition: between(board, 'clients', 'web-1', 150).position,
    });
    await expect.poll(() => board.run.snapshot?.revision).toBe(1);
    await board.screen.getByRole('button', { name: 'Arrange the nodes' }).click();
    const x = (id: string): number => placeOf(board, id)?.x ?? 0;
    await expect.poll(() => x('clients') < x('web-1') && x('web-1') < x('primary')).toBe(true);
    // The last move may still be under way.
    await expect.element(board.screen.getByText('The nodes are arranged.')).toBeInTheDocument();
  });
});
