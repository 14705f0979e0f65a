import { beforeEach, describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { frameOf, renderStage, setupSnapshot } from './sample-stage.ts';
import TutorialCard from './TutorialCard.vue';
import { useTutorial } from './tutorial/use-tutorial.ts';

/** The card beside two of the parts it speaks of. */
const Screen = defineComponent(() => () => [
  h('button', { 'data-tutorial': 'setup-forecast', style: 'position:fixed;left:400px;top:300px' }),
  h('button', { 'data-tutorial': 'setup-start', style: 'position:fixed;left:20px;top:700px' }),
  h(TutorialCard),
]);

beforeEach(() => localStorage.clear());

async function openTutorial() {
  const stage = await renderStage(Screen);
  await stage.open(frameOf(setupSnapshot));
  return { ...stage, ringed: () => document.querySelector('[data-tutorial-ring]') };
}

const forecast = { name: 'Read the forecast' };
const start = { name: 'Let the traffic in' };

describe('the tutorial', () => {
  it('rings the part it speaks of and does not cover it', async () => {
    const { screen, ringed } = await openTutorial();
    const card = screen.getByRole('region', forecast);
    await expect.element(card).toBeVisible();
    await expect.poll(() => ringed()?.getAttribute('data-tutorial')).toBe('setup-forecast');
    const [a, b] = [card.element().getBoundingClientRect(), ringed()?.getBoundingClientRect()];
    expect(b).toBeDefined();
    expect(a.left >= (b?.right ?? 0) || a.right <= (b?.left ?? 0)).toBe(true);
  });

  it('takes no focus by itself', async () => {
    const { screen } = await openTutorial();
    await expect.element(screen.getByRole('region', forecast)).toBeVisible();
    expect(document.activeElement).toBe(document.body);
  });

  it('goes on from what only had to be read and keeps the keyboard in the card', async () => {
    const { screen, ringed } = await openTutorial();
    await screen.getByRole('button', { name: 'Next' }).click();
    const card = screen.getByRole('region', start);
    await expect.element(card).toHaveFocus();
    await expect.poll(() => ringed()?.getAttribute('data-tutorial')).toBe('setup-start');
  });

  it('goes on when the player does what it asks for', async () => {
    const { screen, showFrame } = await openTutorial();
    await showFrame(frameOf({ ...setupSnapshot, phase: 'operation' }, { speed: 1 }));
    await expect.element(screen.getByRole('region', { name: /Watch the CPU/ })).toBeVisible();
  });

  it('stays away once skipped, until it is asked for', async () => {
    const { screen, pinia, ringed } = await openTutorial();
    await screen.getByRole('button', { name: 'Skip the tutorial' }).click();
    await expect.element(screen.getByRole('region')).not.toBeInTheDocument();
    await expect.poll(ringed).toBeNull();
    expect(localStorage.getItem('project-devops/tutorial')).toBe('skipped');
    useTutorial(pinia).reopen();
    await expect.element(screen.getByRole('region', forecast)).toBeVisible();
  });

  it('is told to screen readers as it changes', async () => {
    const { screen } = await openTutorial();
    const card = screen.getByRole('region', forecast).element();
    expect(card.closest('[aria-live="polite"]')).not.toBeNull();
  });
});
