import type { SimulationEvent } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { annotationsOf } from './annotations.ts';

const words = {
  text: (text: unknown) => String(text),
  ended: (label: string) => `${label} ends`,
};
const event = (atMs: number, happening: object) =>
  ({ atMs, seq: 0, ...happening }) as SimulationEvent;
const placed = (atMs: number, node: string) =>
  event(atMs, { type: 'node-placed', node, kind: 'vm-basic', paid: 60 });

it('marks waves of traffic and purchases, not what was built before', () => {
  const marks = annotationsOf(
    [
      placed(0, 'web-1'),
      event(5_000, { type: 'traffic-started', id: 'post', label: 'forum post', factor: 2 }),
      placed(9_000, 'web-2'),
      event(9_500, { type: 'link-connected', link: 'a>b' }),
      event(60_000, { type: 'traffic-ended', id: 'post', label: 'forum post' }),
    ],
    words,
  );
  expect(marks).toEqual([
    { atSeconds: 5, by: 'scenario', label: 'forum post' },
    { atSeconds: 9, by: 'player', label: '+ web-2' },
    { atSeconds: 60, by: 'scenario', label: 'forum post ends' },
  ]);
});

it('joins what the player does at once', () => {
  const marks = annotationsOf([placed(9_000, 'web-2'), placed(9_400, 'lb-1')], words);
  expect(marks).toEqual([{ atSeconds: 9, by: 'player', label: '+ web-2, + lb-1' }]);
});
