import type { NodeOptions } from '@project-devops/simulation/protocol';
import { createPinia } from 'pinia';
import { afterEach, expect, it } from 'vitest';
import { render } from 'vitest-browser-vue';
import { defineComponent, h } from 'vue';
import { i18n, setLanguage } from '../locales/index.ts';
import { useOptionWords } from './use-option-words.ts';

/** The words for options, on the page. */
async function say(options: NodeOptions) {
  const Words = defineComponent(() => {
    const words = useOptionWords();
    return () => h('p', words(options));
  });
  return render(Words, { global: { plugins: [createPinia(), i18n] } });
}

afterEach(() => setLanguage('en'));

it.each<[NodeOptions, string]>([
  [{ policy: 'least-connections' }, 'Balancing: Least connections'],
  [{ ttlSeconds: 90, coalescing: true }, 'Time to live: 90 s, Coalescing: on'],
  [{ targetUtilisation: 0.55, shedding: null }, 'Target utilisation: 55 %, Load shedding: off'],
  [{ shards: { by: 'class', count: 3 } }, 'Shards: Class (vertical) · 3'],
  [{ classes: { home: 'web-1' }, group: 'mail' }, 'Routes: home → web-1, Consumer group: mail'],
])('says what %j is in words', async (options, text) => {
  const screen = await say(options);
  await expect.element(screen.getByText(text, { exact: true })).toBeVisible();
});

it('says it in Korean', async () => {
  await setLanguage('ko');
  const screen = await say({ eviction: 'lru' });
  await expect.element(screen.getByText(/^제거 정책: /)).toBeVisible();
});
