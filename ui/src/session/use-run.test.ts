import type {
  Command,
  DispatchResult,
  Frame,
  SessionInfo,
} from '@project-devops/simulation/protocol';
import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { createApp } from 'vue';
import { firstStage } from '../worker/sample-worker.ts';
import type { Session } from './session.ts';
import { SESSION_FACTORY, useRun } from './use-run.ts';

const info = { scenario: firstStage(), seed: 1, forecast: [], readOnly: null, endMs: null };
const move = (x: number): Command => ({ type: 'move-node', id: 'web-1', position: { x, y: 0 } });
const accepted = (...undo: Command[]): DispatchResult => ({ ok: true, undo });
const refused: DispatchResult = { ok: false, refusal: { code: 'unchanged' } };

/** The store over a session that answers as it is told, and keeps what it was sent. */
async function createSample(answer: (command: Command) => DispatchResult) {
  const sent: Command[] = [];
  let show: (frame: Frame) => void = () => {};
  let fail: (failure: { message: string; lastRun: null }) => void = () => {};
  const session = {
    library: async () => ({ scenarios: [], catalog: [], ruleset: '1-0' }),
    start: async () => info as SessionInfo,
    dispatch: async (command: Command) => {
      sent.push(command);
      return answer(command);
    },
    onFrame: (listener: typeof show) => {
      show = listener;
      return () => {};
    },
    onFailure: (listener: typeof fail) => {
      fail = listener;
      return () => {};
    },
    setSpeed() {},
    close() {},
  } as unknown as Session;
  const pinia = createPinia();
  createApp({})
    .provide(SESSION_FACTORY, () => session)
    .use(pinia);
  setActivePinia(pinia);
  const run = useRun();
  await run.start({ scenario: info.scenario, seed: 1 });
  return {
    run,
    sent,
    show: (frame: object) => show(frame as Frame),
    fail: () => fail({ message: 'dead', lastRun: null }),
  };
}

const frame = (part: Partial<Frame>): Partial<Frame> => ({
  snapshot: { timeMs: 0 } as Frame['snapshot'],
  events: [],
  rows: [],
  speed: 1,
  result: null,
  restarted: false,
  ...part,
});

it('takes an action back with the commands that came with it, and does it again', async () => {
  const { run, sent } = await createSample(() => accepted(move(0)));
  await run.dispatch(move(5));
  expect([run.canUndo, run.canRedo]).toEqual([true, false]);
  await run.undo();
  expect([run.canUndo, run.canRedo]).toEqual([false, true]);
  await run.redo();
  expect([run.canUndo, run.canRedo]).toEqual([true, false]);
  expect(sent).toEqual([move(5), move(0), move(5)]);
});

it('takes back in the order of the steps, the newest first', async () => {
  const { run, sent } = await createSample((command) =>
    accepted(command.type === 'move-node' ? move(-command.position.x) : move(0)),
  );
  await run.dispatch(move(1));
  await run.dispatch(move(2));
  await run.undo();
  await run.undo();
  await run.undo();
  expect(sent.slice(2)).toEqual([move(-2), move(-1)]);
});

it('forgets what was undone once something new is done', async () => {
  const { run } = await createSample(() => accepted(move(0)));
  await run.dispatch(move(1));
  await run.undo();
  await run.dispatch(move(2));
  expect(run.canRedo).toBe(false);
});

it('offers no undo for what cannot be taken back', async () => {
  const { run } = await createSample(() => accepted());
  await run.dispatch({ type: 'start-operation' });
  expect(run.canUndo).toBe(false);
});

it('gives a step up when its undo is refused, and says so', async () => {
  let mayUndo = false;
  const { run } = await createSample((command) =>
    command.type === 'move-node' && command.position.x === 0 && !mayUndo
      ? refused
      : accepted(move(0)),
  );
  await run.dispatch(move(1));
  await run.undo();
  expect([run.canUndo, run.canRedo]).toEqual([false, false]);
  expect(run.lastRefusal).toEqual({ command: move(0), refusal: { code: 'unchanged' } });
  mayUndo = true;
  await run.dispatch(move(3));
  expect(run.lastRefusal).toBeNull();
});

it('keeps a refusal until the next accepted command', async () => {
  const answers = [refused, accepted(move(0))];
  const { run } = await createSample(() => answers.shift() ?? refused);
  await run.dispatch(move(1));
  expect(run.lastRefusal?.refusal.code).toBe('unchanged');
  expect(run.canUndo).toBe(false);
  await run.dispatch(move(2));
  expect(run.lastRefusal).toBeNull();
});

it('gathers events and rows, by node, until the time begins anew', async () => {
  const { run, show } = await createSample(() => accepted());
  const row = (node: string, endMs: number) => ({ node, endMs }) as never;
  show(frame({ rows: [row('*', 1), row('web-1', 1)], events: [{ seq: 1 } as never] }));
  show(frame({ rows: [row('*', 2), row('web-1', 2)], events: [{ seq: 2 } as never] }));
  expect(run.history.map(({ endMs }) => endMs)).toEqual([1, 2]);
  expect(run.nodeHistory('web-1')).toHaveLength(2);
  expect(run.events).toHaveLength(2);
  show(frame({ restarted: true, rows: [row('*', 1)] }));
  expect(run.history).toHaveLength(1);
  expect(run.nodeHistory('web-1')).toEqual([]);
  expect(run.events).toEqual([]);
});

it('goes on after a pause at the speed of before', async () => {
  const { run, show } = await createSample(() => accepted());
  show(frame({ speed: 4 }));
  show(frame({ speed: 0 }));
  expect(run.speed).toBe(0);
});

it('forgets the run when it is left, and ignores frames that come late', async () => {
  const { run, show } = await createSample(() => accepted(move(0)));
  show(frame({}));
  await run.dispatch(move(1));
  run.leave();
  show(frame({}));
  expect([run.info, run.frame, run.canUndo]).toEqual([null, null, false]);
});

it('says that the simulation died until a run is open again', async () => {
  const { run, fail } = await createSample(() => accepted());
  fail();
  expect(run.failure).toEqual({ message: 'dead', lastRun: null });
  await run.start({ scenario: info.scenario, seed: 2 });
  expect(run.failure).toBeNull();
});
