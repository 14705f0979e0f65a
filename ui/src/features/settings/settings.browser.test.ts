import { createPinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-vue';
import { registerShortcut } from '../../composables/use-shortcuts.ts';
import { i18n } from '../../locales/index.ts';
import '../../styles/base.css';
import '../../styles/tokens.css';
import SettingsDialog from './SettingsDialog.vue';

/** The dialog, with two shortcuts that count how often they ran. */
async function renderSettings() {
  localStorage.clear();
  const ran: string[] = [];
  const host = {
    components: { SettingsDialog },
    props: ['open'],
    setup() {
      for (const [id, defaultKey] of [
        ['undo', 'u'],
        ['redo', 'r'],
      ] as const) {
        registerShortcut({ id, defaultKey, labelKey: `topBar.${id}`, run: () => ran.push(id) });
      }
    },
    template: '<SettingsDialog v-if="open" /><input aria-label="field" />',
  };
  const screen = await render(host, {
    props: { open: false },
    global: { plugins: [createPinia(), i18n] },
  });
  await screen.rerender({ open: true });
  return { screen, ran, close: () => screen.rerender({ open: false }) };
}
const keyOf = (action: string) => ({ name: new RegExp(`^${action}: .*Press to choose`) });

describe('the settings', () => {
  it('give a shortcut another key and keep it', async () => {
    const { screen, ran, close } = await renderSettings();
    await screen.getByRole('button', keyOf('Undo')).click();
    await userEvent.keyboard('k');
    await expect.element(screen.getByRole('button', keyOf('Undo'))).toMatchTextContent('K');
    expect(JSON.parse(localStorage.getItem('project-devops/settings') ?? '{}')).toMatchObject({
      keys: { undo: 'k' },
    });
    await close();
    await userEvent.keyboard('uk');
    expect(ran).toEqual(['undo']);
  });

  it('refuse a key that is taken, and say by what', async () => {
    const { screen } = await renderSettings();
    await screen.getByRole('button', keyOf('Undo')).click();
    await userEvent.keyboard('r');
    await expect.element(screen.getByRole('alert')).toMatchTextContent('R already does “Redo”.');
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('button', keyOf('Undo'))).toMatchTextContent('U');
    await expect.element(screen.getByRole('dialog')).toBeInTheDocument();
  });

  it('switch single keys off', async () => {
    const { screen, ran, close } = await renderSettings();
    await screen.getByRole('checkbox').click();
    await close();
    await userEvent.keyboard('u');
    expect(ran).toEqual([]);
  });

  it('let dialogs and fields keep their keys', async () => {
    const { screen, ran, close } = await renderSettings();
    await userEvent.keyboard('u');
    expect(ran).toEqual([]);
    await close();
    await screen.getByRole('textbox', { name: 'field' }).click();
    await userEvent.keyboard('u');
    expect(ran).toEqual([]);
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('u');
    expect(ran).toEqual(['undo']);
  });
});
