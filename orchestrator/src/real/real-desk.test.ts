import type { Run } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createFakeRealMode } from '../testing/fake-real-mode.ts';
import { createPage, opened, running, runUntil } from '../testing/real-page.ts';

describe('the desk', () => {
  it('tells a second page who holds the session', async () => {
    const { desk } = await opened();
    const second = createPage();
    desk.receive(second, { type: 'open', run: runUntil(0), judge: 'prediction', scale: 1 });
    expect(second.messages).toEqual([
      {
        type: 'refused',
        code: 'busy',
        message: expect.stringContaining('has held the real-mode session since'),
      },
    ]);
    desk.receive(second, { type: 'set-speed', speed: 0 });
    expect(second.of('refused')[1]?.code).toBe('nothing-open');
  });

  it('shows everything to a page that comes back', async () => {
    const { clock, desk, page } = await opened();
    await clock.run(5_000);
    desk.closed(page);
    await clock.run(10_000);
    const again = createPage();
    desk.receive(again, { type: 'resume' });
    expect(again.messages.map(({ type }) => type)).toEqual(['state', 'info', 'frame']);
    expect(again.frames()[0]).toMatchObject({ restarted: true });
    expect(again.frames()[0]?.rows.length).toBeGreaterThan(14);
    await clock.run(40_000);
    expect(running(again.state).phase).toBe('running');
  });

  it('loses no row and repeats none when a page comes back', async () => {
    const { clock, desk, page } = await opened();
    await clock.run(5_020);
    desk.closed(page);
    await clock.run(3_070);
    const again = createPage();
    desk.receive(again, { type: 'resume' });
    await clock.run(5_000);
    const starts = again
      .frames()
      .flatMap(({ rows }) => rows)
      .filter((row) => row.node === '*' && row.source === 'predicted')
      .map((row) => row.startMs);
    expect(starts.length).toBeGreaterThan(14);
    expect(starts).toEqual(starts.map((_, i) => i * 1_000));
  });

  it('does a command once, however often a page that missed the answer sends it', async () => {
    const { page, send, sandbox, clock } = await opened();
    const node = { kind: 'vm-basic', id: 'web-9', size: 'S', position: { x: 0, y: 0 } } as const;
    send({ type: 'place-node', node }, 41);
    send({ type: 'place-node', node }, 41);
    expect(page.of('answer').map(({ id, result }) => [id, result.ok])).toEqual([
      [41, true],
      [41, true],
    ]);
    await clock.run(2_000);
    expect(sandbox().topologies).toHaveLength(2);
  });

  it('leaves a session that no page shows for half a minute', async () => {
    const { clock, desk, page, sandbox } = await opened();
    desk.closed(page);
    await clock.run(29_000);
    expect(sandbox().disposed).toBe(false);
    await clock.run(3_000);
    expect(sandbox().disposed).toBe(true);
    expect(desk.state).toEqual({ phase: 'off' });
  });

  it('refuses a run of other rules or with a log that does not fit', () => {
    const { desk } = createFakeRealMode(createFakeClock());
    const page = createPage();
    const open = (run: Run) =>
      desk.receive(page, { type: 'open', run, judge: 'prediction', scale: 1 });
    open({ ...runUntil(0), ruleset: '1-0000000000000000' });
    open({
      ...runUntil(0),
      commands: [{ atMs: 0, command: { type: 'remove-node', id: 'ghost' } }],
    });
    expect(page.of('refused').map(({ code }) => code)).toEqual(['bad-request', 'bad-request']);
    expect(desk.session).toBeNull();
  });

  it('has nothing to resume at first', () => {
    const { desk } = createFakeRealMode(createFakeClock());
    const page = createPage();
    desk.receive(page, { type: 'resume' });
    expect(page.of('refused')[0]?.code).toBe('nothing-open');
  });

  it('ends its session when the server closes', async () => {
    const { clock, desk, sandbox } = await opened();
    const closing = desk.close();
    await clock.run(2_000);
    await closing;
    expect(sandbox().disposed).toBe(true);
  });
});
