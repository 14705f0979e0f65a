import { expect } from 'vitest';
import { defineComponent, h } from 'vue';
import { useBoardTools } from '../../building/use-board-tools.ts';
import { renderOverWorker } from '../../session/sample-screen.ts';
import { renderPanel } from '../inspector/sample-panel.ts';
import BoardView from './BoardView.vue';

/** The map in a frame of the size it has beside the panels. */
const FramedBoard = defineComponent(
  () => () =>
    h('main', { style: { position: 'relative', width: '1000px', height: '560px' } }, [
      h(BoardView),
    ]),
);

/** The map over the first stage in a real engine, before its start. */
export async function renderStageBoard() {
  const { screen, run, begin } = await renderOverWorker(FramedBoard);
  const tools = useBoardTools();
  await begin();
  const found = locators(screen);
  await expect.element(found.node('clients')).toBeVisible();
  return { screen, run, tools, ...found };
}

/** The map over made-up figures; see `renderPanel`. */
export async function renderSampleBoard(given: Parameters<typeof renderPanel>[1] = {}) {
  const panel = await renderPanel(FramedBoard, given);
  return { ...panel, ...locators(panel.screen) };
}

type Screen = Awaited<ReturnType<typeof renderPanel>>['screen'];

function locators(screen: Screen) {
  return {
    map: screen.getByRole('application', { name: 'Topology map' }),
    node: (id: string) => screen.getByRole('button', { name: new RegExp(`^${id}, `) }),
    port: (id: string) => screen.getByRole('button', { name: `Link ${id} to another node` }),
    link: (from: string, to: string) =>
      screen.getByRole('button', { name: new RegExp(`^Link from ${from} to ${to},`) }),
  };
}

/** The middle of an element, in pixels of the map. */
export function middleOf(element: Element): { x: number; y: number } {
  const map = document.querySelector('[role="application"]')?.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return {
    x: box.left + box.width / 2 - (map?.left ?? 0),
    y: box.top + box.height / 2 - (map?.top ?? 0),
  };
}
