import type { RealModePorts } from '../routes/real-session.ts';
import type { Ground } from './ground.ts';
import { RealDesk } from './real-desk.ts';

/** Real mode as the server offers it, on a ground. */
export function createRealMode(ground: Ground): RealModePorts {
  const { clock, examine, ensureImages, profile, outlook, openSandbox } = ground;
  const desk = new RealDesk({
    clock,
    examine,
    ensureImages,
    profile,
    outlook: ({ game, scale }) =>
      outlook({
        scenario: { ...game.info.scenario, topology: game.engine.snapshot().topology },
        scale,
      }),
    openSandbox: ({ game, ...request }, news, signal) => {
      const { scenario, seed } = game.info;
      const { topology } = game.engine.snapshot();
      return openSandbox({ ...request, seed, scenario: { ...scenario, topology } }, news, signal);
    },
  });
  return {
    desk,
    examine,
    outlook: ({ scale, ...scenario }) => outlook({ scenario, scale }),
    async close() {
      await desk.close();
      await ground.close();
    },
  };
}
