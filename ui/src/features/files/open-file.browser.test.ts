import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderOverWorker } from '../../session/sample-screen.ts';
import { runFileName } from '../../session/use-save-run.ts';
import OpenFileDialog from './OpenFileDialog.vue';
import { fromFragment, toFragment } from './share-link.ts';

const file = (name: string, content: string) => new File([content], name);

describe('opening files', () => {
  it('names the places where a file is wrong', async () => {
    const { screen } = await renderOverWorker(OpenFileDialog);
    const scenario = '{"format":"project-devops/scenario@1","id":"UPPER"}';
    await userEvent.upload(screen.getByLabelText('choose a file:'), file('bad.json', scenario));
    await expect
      .element(screen.getByText('bad.json was not opened.', { exact: false }))
      .toBeVisible();
    await expect.element(screen.getByRole('cell', { name: '/id', exact: true })).toBeVisible();
  });

  it('does not read a file that is too large', async () => {
    const { screen } = await renderOverWorker(OpenFileDialog);
    const large = file('large.json', ' '.repeat(4 * 1024 * 1024 + 1));
    await userEvent.upload(screen.getByLabelText('choose a file:'), large);
    await expect
      .element(screen.getByRole('cell', { name: 'a file of at most 4 MB' }))
      .toBeVisible();
  });

  it('goes on with a run that was saved or shared', async () => {
    const { screen, run, begin } = await renderOverWorker(OpenFileDialog);
    await begin();
    await run.dispatch({ type: 'start-operation' });
    run.setSpeed(4);
    await expect.poll(() => run.snapshot?.timeMs ?? 0).toBeGreaterThan(1_500);
    run.setSpeed(0);
    const saved = await run.exportRun();
    const shared = await fromFragment((await toFragment(JSON.stringify(saved))) ?? '');
    expect(shared).toEqual({ kind: 'text', text: JSON.stringify(saved) });
    run.leave();
    await userEvent.upload(
      screen.getByLabelText('choose a file:'),
      file(runFileName(saved), JSON.stringify(saved)),
    );
    await screen.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(() => run.snapshot?.stateHash).toBe(saved.stateHash);
    expect(run.snapshot?.timeMs).toBe(saved.endMs);
    expect(run.info?.readOnly).toBeNull();
  });

  it('says why a run of other rules can only be watched', async () => {
    const { screen, run, begin } = await renderOverWorker(OpenFileDialog);
    await begin();
    const old = { ...(await run.exportRun()), ruleset: '1-0000000000000000' };
    await userEvent.upload(
      screen.getByLabelText('choose a file:'),
      file('old.json', JSON.stringify(old)),
    );
    await expect
      .element(screen.getByText('It was played under other rules', { exact: false }))
      .toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Continue' })).not.toBeInTheDocument();
    await screen.getByRole('button', { name: 'Watch' }).click();
    await expect.poll(() => run.info?.readOnly).toBe('other-ruleset');
  });
});
