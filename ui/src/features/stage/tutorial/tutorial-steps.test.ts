import type { NodeView, Topology } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import {
  advance,
  currentStep,
  STEP_IDS,
  type StepId,
  shownStep,
  stepValues,
  TUTORIAL_STEPS,
  type TutorialView,
} from './tutorial-steps.ts';

const at = { x: 0, y: 0 };
const START: Topology = {
  nodes: [
    { kind: 'clients', id: 'clients', position: at },
    { kind: 'vm-basic', id: 'web-1', size: 'S', position: at },
    { kind: 'sql-primary', id: 'primary', size: 'S', position: at },
  ],
  links: [
    { from: 'clients', to: 'web-1' },
    { from: 'web-1', to: 'primary' },
  ],
};
const WITH_BALANCER: Topology = {
  nodes: [
    ...START.nodes,
    { kind: 'load-balancer', id: 'lb-1', size: 'S', policy: 'round-robin', position: at },
  ],
  links: START.links,
};
const FREED: Topology = { ...WITH_BALANCER, links: [{ from: 'web-1', to: 'primary' }] };
const CONNECTED: Topology = {
  nodes: FREED.nodes,
  links: [...FREED.links, { from: 'clients', to: 'lb-1' }, { from: 'lb-1', to: 'web-1' }],
};
const CLONED: Topology = {
  nodes: [...CONNECTED.nodes, { kind: 'vm-basic', id: 'web-2', size: 'S', position: at }],
  links: [...CONNECTED.links, { from: 'lb-1', to: 'web-2' }, { from: 'web-2', to: 'primary' }],
};

function limited(id: string): NodeView {
  const limitedBy = { limit: 'cpu', sinceMs: 0 } as const;
  return { id, state: 'ready', measurement: null, limitedBy, dropped: {}, lockWaits: 0 };
}

interface Situation {
  readonly phase?: TutorialView['snapshot']['phase'];
  readonly topology?: Topology;
  readonly nodes?: readonly NodeView[];
  readonly speed?: TutorialView['speed'];
  readonly selected?: string | null;
  readonly busiest?: TutorialView['busiest'];
  readonly shown?: StepId | null;
}

function seen(situation: Situation = {}): TutorialView {
  const { phase = 'operation', topology = START, nodes = [], ...rest } = situation;
  const still = { speed: 1, selected: null, busiest: null, shown: null } as const;
  return { snapshot: { phase, topology, nodes }, ...still, ...rest };
}

function doneBefore(id: StepId): ReadonlySet<StepId> {
  return new Set(STEP_IDS.slice(0, STEP_IDS.indexOf(id)));
}

const hot = { id: 'web-1', utilisation: 0.9 };
const shows = (id: StepId, situation?: Situation) =>
  shownStep(doneBefore(id), seen(situation)) === id;

describe('what completes a step', () => {
  it.each<[StepId, Situation, Situation]>([
    ['forecast', { phase: 'setup', speed: 0 }, { phase: 'operation' }],
    ['start', { phase: 'setup', speed: 0 }, { phase: 'operation' }],
    ['watch-cpu', { selected: 'primary' }, { selected: 'web-1' }],
    ['pause', { shown: 'pause', speed: 1 }, { shown: 'pause', speed: 0 }],
    ['buy-balancer', { topology: START }, { topology: WITH_BALANCER }],
    ['free-clients', { topology: WITH_BALANCER }, { topology: FREED }],
    ['connect-balancer', { topology: FREED }, { topology: CONNECTED }],
    ['clone-server', { topology: CONNECTED }, { topology: CLONED }],
    ['resume', { topology: CLONED, speed: 0 }, { topology: CLONED, speed: 2 }],
  ])('%s', (id, before, after) => {
    const done = doneBefore(id);
    expect(currentStep(advance(done, seen(before)))).toBe(id);
    expect(advance(done, seen(after)).has(id)).toBe(true);
  });

  it('does not take an earlier break for the pause that is meant', () => {
    const calm = seen({ speed: 0 });
    expect(currentStep(advance(doneBefore('pause'), calm))).toBe('pause');
  });

  it('does not count a clone that reaches no database', () => {
    const links = CLONED.links.filter(({ from }) => from !== 'web-2');
    const view = seen({ topology: { ...CLONED, links } });
    expect(currentStep(advance(doneBefore('clone-server'), view))).toBe('clone-server');
  });

  it('leaves what is only to be read to the reader', () => {
    const view = seen({ topology: CLONED });
    expect(currentStep(advance(doneBefore('survive'), view))).toBe('survive');
    expect(TUTORIAL_STEPS.survive.isReading).toBe(true);
  });
});

describe('a player who is ahead', () => {
  it('is not told what is built already', () => {
    const view = seen({ topology: CLONED, selected: 'web-1' });
    expect(currentStep(advance(new Set(), view))).toBe('survive');
  });

  it('gets the same set back when nothing is new', () => {
    const done = doneBefore('pause');
    expect(advance(done, seen())).toBe(done);
  });
});

describe('when a step is said', () => {
  it('keeps quiet about pausing until a server is hot', () => {
    expect(shows('pause', { busiest: { id: 'web-1', utilisation: 0.4 } })).toBe(false);
    expect(shows('pause', { busiest: hot })).toBe(true);
  });

  it('goes on speaking when what it spoke of has passed', () => {
    expect(shows('pause', { shown: 'pause' })).toBe(true);
    expect(shows('pause', { shown: 'watch-cpu' })).toBe(false);
  });

  it('speaks of limits only once something is limited', () => {
    expect(shows('limited-by', { busiest: hot })).toBe(false);
    expect(shows('limited-by', { nodes: [limited('primary')] })).toBe(true);
  });

  it.each(STEP_IDS)('%s is silent once the stage is over', (id) => {
    const nodes = [limited('web-1')];
    expect(shows(id, { phase: 'won', nodes, shown: id })).toBe(false);
    expect(shows(id, { phase: 'service-down', nodes, shown: id })).toBe(false);
  });

  it('says nothing when all is done', () => {
    expect(shownStep(new Set(STEP_IDS), seen())).toBeNull();
  });
});

describe('what a step points at', () => {
  it('points at the busiest server', () => {
    const view = seen({ topology: CLONED, busiest: { id: 'web-2', utilisation: 0.8 } });
    expect(TUTORIAL_STEPS['watch-cpu'].anchor(view)).toBe('node:web-2');
    expect(stepValues(view).server).toBe('web-2');
  });

  it('points at the clone button once a server is selected', () => {
    expect(TUTORIAL_STEPS['clone-server'].anchor(seen())).toBe('node:web-1');
    const view = seen({ selected: 'web-1' });
    expect(TUTORIAL_STEPS['clone-server'].anchor(view)).toBe('inspector:clone');
  });

  it('points at the limit of the node that is looked at, if it has one', () => {
    const nodes = [limited('web-1'), limited('primary')];
    const { anchor } = TUTORIAL_STEPS['limited-by'];
    expect(anchor(seen({ nodes }))).toBe('node:web-1');
    expect(anchor(seen({ nodes, selected: 'primary' }))).toBe('inspector:limit');
  });
});
