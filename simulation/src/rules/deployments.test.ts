import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRATEGIES, type Strategy } from '../protocol/index.ts';
import type { Verdict } from './canary-verdict.ts';
import {
  type Action,
  advance,
  begin,
  type Deployment,
  isLent,
  isTakenBack,
  nodesOf,
  type Order,
  rollBack,
  type Sight,
  type Step,
} from './deployments.ts';

function order(strategy: Strategy, nodes: readonly string[] = ['a', 'b', 'c']): Order {
  const before = Object.fromEntries(nodes.map((node) => [node, node === 'a' ? null : 'v1']));
  return { version: 'v2', strategy, nodes, before, watchMs: 60_000 };
}

/** All is done at once and every canary is good, unless something else is given. */
function sight(nowMs: number, given: Partial<Sight> = {}): Sight {
  return {
    nowMs,
    isThere: () => true,
    isReady: () => true,
    isIdle: () => true,
    verdict: () => 'good',
    ...given,
  };
}

const twinOf = (node: string) => `${node}-2`;
const written = (action: Action) =>
  action.do === 'install'
    ? `install ${action.version} on ${action.node}`
    : action.do === 'drain'
      ? `drain ${action.node}`
      : action.do === 'remove'
        ? `remove ${action.nodes.join(' ')}`
        : action.do;

/** What is done from a step on, a second after another, until the deployment is over or the time is up. */
function course(first: Step, seconds: number, given: Partial<Sight> = {}, fromMs = 0) {
  const done = first.actions.map(written);
  let { deployment } = first;
  for (let second = 1; second <= seconds; second++) {
    const step = advance(deployment, sight(fromMs + second * 1000, given));
    done.push(...step.actions.map(written));
    ({ deployment } = step);
  }
  return { done, deployment };
}

const started = (strategy: Strategy) => begin(order(strategy), 0, twinOf);

describe('a big bang', () => {
  it('restarts all nodes at once, and is done when all are back', () => {
    const { done, deployment } = course(started('big-bang'), 5, {
      isReady: (node) => node !== 'b',
    });
    expect(done).toEqual(['install v2 on a', 'install v2 on b', 'install v2 on c']);
    expect(deployment.state).toBe('starting-all');
    expect(advance(deployment, sight(9_000)).deployment).toMatchObject({
      state: 'over',
      outcome: 'done',
    });
  });

  it('is taken back at once as well, each node to what it ran', () => {
    const back = rollBack(course(started('big-bang'), 5).deployment, 9_000) as Step;
    expect(back.actions.map(written)).toEqual([
      'install null on a',
      'install v1 on b',
      'install v1 on c',
    ]);
  });
});

describe('a rolling deployment', () => {
  it('drains and restarts one node after another', () => {
    const { done, deployment } = course(started('rolling'), 10);
    expect(done).toEqual(
      ['a', 'b', 'c'].flatMap((node) => [`drain ${node}`, `install v2 on ${node}`]),
    );
    expect(deployment).toMatchObject({ state: 'over', outcome: 'done' });
  });

  it('waits for what a node holds, but no longer than its time of grace', () => {
    const { done } = course(started('rolling'), 29, { isIdle: () => false });
    expect(done).toEqual(['drain a']);
    expect(course(started('rolling'), 30, { isIdle: () => false }).done.at(-1)).toBe(
      'install v2 on a',
    );
  });

  it('waits for a node to be back before it takes the next out', () => {
    const { done } = course(started('rolling'), 100, { isReady: () => false });
    expect(done).toEqual(['drain a', 'install v2 on a']);
  });

  it('is taken back on the nodes that it has touched, and on no others', () => {
    const half = course(started('rolling'), 3).deployment;
    expect(half).toMatchObject({ state: 'starting', node: 'b' });
    const { done, deployment } = course(rollBack(half, 9_000) as Step, 10, {}, 9_000);
    expect(done).toEqual(['drain a', 'install null on a', 'drain b', 'install v1 on b']);
    expect(deployment).toMatchObject({ state: 'over', outcome: 'rolled-back' });
    expect(rollBack(deployment, 20_000)).toBeNull();
  });
});

describe('a canary', () => {
  it('is watched before the others follow', () => {
    const { done } = course(started('canary'), 61);
    expect(done).toEqual(['drain a', 'install v2 on a']);
    const { done: all, deployment } = course(started('canary'), 80);
    expect(all.slice(2)).toEqual([
      'tell-verdict',
      'drain b',
      'install v2 on b',
      'drain c',
      'install v2 on c',
    ]);
    expect(deployment).toMatchObject({ state: 'over', outcome: 'done' });
  });

  it('that is bad is taken back, and no other node runs its version', () => {
    const { done, deployment } = course(started('canary'), 80, { verdict: () => 'bad' });
    expect(done.slice(2)).toEqual(['tell-verdict', 'drain a', 'install null on a']);
    expect(isTakenBack(deployment)).toBe(true);
  });

  it('that is down when it is to be judged is bad, however its requests went before', () => {
    const { deployment: watched } = course(started('canary'), 61);
    const down = { isReady: (node: string) => node !== 'a' };
    const { done } = course({ deployment: watched, actions: [] }, 10, down, 61_000);
    expect(done).toEqual(['tell-verdict', 'drain a', 'install null on a']);
  });

  it('that nobody can judge yet goes on being watched', () => {
    const { deployment } = course(started('canary'), 500, { verdict: () => 'unsure' });
    expect(deployment.state).toBe('watching');
  });

  it('that is gone before anybody could judge it takes its release with it', () => {
    const { done, deployment } = course(started('canary'), 65, {
      verdict: () => 'unsure',
      isThere: (node) => node !== 'a',
    });
    expect(done).not.toContain('install v2 on b');
    expect(deployment).toMatchObject({ state: 'over', outcome: 'rolled-back' });
  });
});

describe('a blue-green deployment', () => {
  it('starts twins, switches once all are ready, keeps the old ones, and removes them when they are idle', () => {
    const first = started('blue-green');
    expect(course(first, 9, { isReady: () => false }).done).toEqual(['place-twins']);
    expect(course(first, 60).done).toEqual(['place-twins', 'switch']);
    expect(course(first, 70, { isIdle: () => false }).done).toEqual(['place-twins', 'switch']);
    expect(course(first, 70).done).toEqual(['place-twins', 'switch', 'remove a b c']);
  });

  it('is taken back by a switch while the old ones are kept, and not later', () => {
    const kept = course(started('blue-green'), 30).deployment;
    expect(nodesOf(kept)).toEqual(['a', 'b', 'c', 'a-2', 'b-2', 'c-2']);
    const { done, deployment } = course(rollBack(kept, 30_000) as Step, 2, {}, 30_000);
    expect(done).toEqual(['switch', 'remove a-2 b-2 c-2']);
    expect(deployment).toMatchObject({ state: 'over', outcome: 'rolled-back' });
    expect(rollBack(course(started('blue-green'), 90).deployment, 90_000)).toBeNull();
  });

  it('lends the nodes of both sets, until one of them is gone', () => {
    const kept = course(started('blue-green'), 30).deployment;
    expect(['a', 'a-2', 'd'].map((node) => isLent(kept, node))).toEqual([true, true, false]);
    const { deployment } = course(started('blue-green'), 70);
    expect(deployment.state).toBe('over');
    expect(['a', 'a-2'].map((node) => isLent(deployment, node))).toEqual([false, false]);
    expect(isLent(course(started('rolling'), 1).deployment, 'a')).toBe(false);
  });

  it('is taken back without a switch while the twins start', () => {
    const { deployment } = started('blue-green');
    expect(course(rollBack(deployment, 0) as Step, 1).done).toEqual(['remove a-2 b-2 c-2']);
  });
});

describe('any deployment', () => {
  const strategy = fc.constantFrom(...STRATEGIES);
  const verdict = fc.constantFrom<Verdict>('good', 'bad');

  it('comes to an end, with one version on all its nodes', () => {
    const takenBackAt = fc.option(fc.integer({ min: 0, max: 120 }));
    const pace = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(strategy, verdict, takenBackAt, pace, (how, judged, backAt, every) => {
        const versions = new Map<string, string | null>([
          ['a', null],
          ['b', 'v1'],
          ['c', 'v1'],
        ]);
        const perform = ({ deployment, actions }: Step): Deployment => {
          for (const action of actions) {
            if (action.do === 'install') versions.set(action.node, action.version);
            if (action.do === 'place-twins') {
              for (const { twin } of action.twins) versions.set(twin, action.version);
            }
            if (action.do === 'remove') for (const node of action.nodes) versions.delete(node);
          }
          return deployment;
        };
        let deployment = perform(started(how));
        for (let second = 1; second <= 400; second++) {
          const ready = second % every === 0;
          const given = { isReady: () => ready, isIdle: () => ready, verdict: () => judged };
          deployment = perform(advance(deployment, sight(second * 1000, given)));
          const back = second === backAt ? rollBack(deployment, second * 1000) : null;
          if (back !== null) deployment = perform(back);
        }
        expect(deployment.state).toBe('over');
        const expected = isTakenBack(deployment) ? [null, 'v1', 'v1'] : ['v2', 'v2', 'v2'];
        expect([...versions.values()]).toEqual(expected);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
