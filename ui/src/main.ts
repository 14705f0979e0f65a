import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { useSettings } from './composables/use-settings.ts';
import { i18n, setLanguage } from './locales/index.ts';
import './styles/tokens.css';
import './styles/base.css';

const app = createApp(App).use(createPinia()).use(i18n);
await setLanguage(useSettings().language);
app.mount('#app');
