import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { sampleSnapshot } from '../inspector/sample-run.ts';
import { renderSampleBoard } from './sample-board.ts';

describe('the map', () => {
  it('names every node with its state in words', async () => {
    const { node } = await renderSampleBoard();
    await expect
      .element(node('web-1'))
      .toHaveAccessibleName(
        'web-1, VM basic, size M, 97 % CPU, 38 waiting, limited by CPU, dropping requests: queue full, 31 in the last second',
      );
    await expect.element(node('web-2')).toHaveAccessibleName('web-2, VM basic, size XL, starting');
    await expect.element(node('primary')).toHaveAccessibleName(/2 calls wait for row locks$/);
  });

  it('shows the cause on the node that drops requests, and the count at the edge', async () => {
    const { screen } = await renderSampleBoard();
    await expect.element(screen.getByText('502 × 31 queue full')).toBeVisible();
    await expect.element(screen.getByText('locked 2')).toBeVisible();
    await expect.element(screen.getByText('502 × 3 in the last second')).toBeVisible();
  });

  it('shows every card inside the frame and none behind the legends', async () => {
    const { map } = await renderSampleBoard();
    const frame = map.element().getBoundingClientRect();
    const legends = [...document.querySelectorAll('fieldset')].map((one) =>
      one.getBoundingClientRect(),
    );
    const cards = document.querySelectorAll('[data-node-button]');
    expect(cards).toHaveLength(sampleSnapshot.topology.nodes.length);
    expect(legends).not.toHaveLength(0);
    for (const card of cards) {
      const box = card.getBoundingClientRect();
      expect(box.left).toBeGreaterThanOrEqual(frame.left);
      expect(box.right).toBeLessThanOrEqual(frame.right);
      for (const legend of legends) expect(box.bottom).toBeLessThanOrEqual(legend.top);
    }
  });

  it('shows a node on request, large enough to be read, and everything again', async () => {
    const { map, node, tools, screen } = await renderSampleBoard();
    const frame = map.element().getBoundingClientRect();
    for (let i = 0; i < 7; i++) await screen.getByRole('button', { name: 'Zoom out' }).click();
    const width = (): number => node('web-2').element().getBoundingClientRect().width;
    await expect.poll(width).toBeLessThan(80);
    tools.focusNode('web-2');
    await expect.poll(width).toBeGreaterThan(85);
    expect(tools.selection).toEqual({ kind: 'node', id: 'web-2' });
    tools.fit();
    await expect
      .poll(() => node('clients').element().getBoundingClientRect().left)
      .toBeGreaterThan(frame.left);
    await expect.poll(width).toBeGreaterThan(110);
  });

  it('changes lines and bars with the overlay', async () => {
    const { screen, tools } = await renderSampleBoard();
    const card = () => document.querySelector('[data-node="lb-1"]')?.textContent;
    await screen.getByRole('button', { name: 'Latency' }).click();
    await expect.poll(card).toMatch(/p95 362 ms/);
    await screen.getByRole('button', { name: 'Errors' }).click();
    await expect.poll(card).toMatch(/0 % errors/);
    await screen.getByRole('button', { name: 'Cost' }).click();
    await expect.poll(card).toMatch(/\$2\/h/);
    await screen.getByRole('button', { name: 'Table' }).click();
    expect(tools.view).toBe('table');
  });

  it('moves marks over the ground while the game runs', async () => {
    await renderSampleBoard();
    const [ground, marks] = document.querySelectorAll('canvas');
    const read = (canvas: HTMLCanvasElement | undefined): Uint32Array => {
      const { width = 1, height = 1 } = canvas ?? {};
      const data = canvas?.getContext('2d')?.getImageData(0, 0, width, height).data;
      return new Uint32Array(data?.buffer ?? new ArrayBuffer(0));
    };
    const drawn = (): string => {
      const under = read(ground);
      let places = '';
      read(marks).forEach((one, i) => {
        if (one !== under[i]) places += `${i} `;
      });
      return places;
    };
    const patience = { interval: 250, timeout: 10_000 };
    await expect.poll(() => drawn().length, patience).toBeGreaterThan(1_000);
    const before = drawn();
    await expect.poll(drawn, patience).not.toBe(before);
  });

  it('follows links with arrows and opens with Enter', async () => {
    const { node, tools } = await renderSampleBoard();
    (node('clients').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(node('lb-1')).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(tools.selection).toMatchObject({ kind: 'node' });
    await expect.element(node('web-1')).toHaveAttribute('aria-current', 'true');
    await userEvent.keyboard('{Escape}');
    expect(tools.selection).toBeNull();
  });

  it('has one node in the tab order, then its port and its links', async () => {
    const { node, port, link } = await renderSampleBoard();
    (node('lb-1').element() as HTMLElement).focus();
    await userEvent.tab();
    await expect.element(port('lb-1')).toHaveFocus();
    await userEvent.tab();
    await expect.element(link('lb-1', 'web-1')).toHaveFocus();
    await userEvent.tab();
    await expect.element(link('lb-1', 'web-2')).toHaveFocus();
  });

  it('keeps the focus when the focused node is gone', async () => {
    const { node, goOn } = await renderSampleBoard();
    (node('cache-1').element() as HTMLElement).focus();
    const { topology } = sampleSnapshot;
    await goOn([], {
      ...sampleSnapshot,
      revision: sampleSnapshot.revision + 1,
      topology: { ...topology, nodes: topology.nodes.filter(({ id }) => id !== 'cache-1') },
    });
    await expect.element(node('primary')).toHaveFocus();
  });

  it('only shows a run that is watched', async () => {
    const { commands, node, screen } = await renderSampleBoard({ info: { readOnly: 'watching' } });
    (node('web-2').element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}{Delete}c{Alt>}{ArrowDown}{/Alt}');
    await new Promise((done) => setTimeout(done, 600));
    expect(commands).toEqual([]);
    expect(screen.getByRole('button', { name: 'Arrange the nodes' }).elements()).toHaveLength(0);
  });
});
