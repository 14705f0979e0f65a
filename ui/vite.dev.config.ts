import { defineConfig } from 'vite';
import production from './vite.config.ts';

const SERVED_PATHS = '^/(api|schemas|healthz|metrics)(/|\\?|$)';
/** The exchange of the launch's token. Vite's own socket is asked for by the same path, so no sockets here. */
const TOKEN_EXCHANGE = '^/\\?token=';
const target = process.env.ORCHESTRATOR;
if (target === undefined) throw new Error('ORCHESTRATOR is not set: use `npm run dev`.');

/** The page from its sources, the rest from the orchestrator at the address ORCHESTRATOR. */
export default defineConfig({
  ...production,
  server: {
    host: '127.0.0.1',
    strictPort: true,
    proxy: { [SERVED_PATHS]: { target, ws: true }, [TOKEN_EXCHANGE]: { target } },
  },
});
