import { defineConfig } from 'vite';
import production from './vite.config.ts';

/** Everything that is the orchestrator's, and the exchange of its token. */
const ORCHESTRATOR_PATHS = ['^/(api|schemas|healthz|metrics)(/|\\?|$)', '^/\\?token='];
const target = process.env.ORCHESTRATOR;
if (target === undefined) throw new Error('ORCHESTRATOR is not set: use `npm run dev`.');

/** The page from its sources, the rest from the orchestrator at the address ORCHESTRATOR. */
export default defineConfig({
  ...production,
  server: {
    host: '127.0.0.1',
    strictPort: true,
    proxy: Object.fromEntries(ORCHESTRATOR_PATHS.map((path) => [path, { target, ws: true }])),
  },
});
