import {
  ALERT_IDS,
  FAULT_KINDS,
  type Happening,
  type SimulationEvent,
  STRATEGIES,
} from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { createFormat } from '../composables/format.ts';
import { EVENT_TYPES, type EventType, eventDepartment } from '../features/log/event-traits.ts';
import enCommon from '../locales/en/common.ts';
import enLog from '../locales/en/log.ts';
import koCommon from '../locales/ko/common.ts';
import koLog from '../locales/ko/log.ts';
import { eventNode, eventSentence, type Words } from './event-sentence.ts';

const text = { en: 'A post went viral.', ko: '게시물이 퍼졌습니다.' };
const label = { en: 'Viral post', ko: '입소문' };
type Sample<T extends EventType> = Extract<Happening, { type: T }>;

/** One sample a type; a new type of event does not compile without its own. */
const SAMPLES: { readonly [T in EventType]: Sample<T> } = {
  'operation-started': { type: 'operation-started' },
  'node-placed': { type: 'node-placed', node: 'web-2', kind: 'vm-basic', paid: 60 },
  'node-started': { type: 'node-started', node: 'web-2' },
  'node-restarted': { type: 'node-restarted', node: 'web-2' },
  'node-removed': { type: 'node-removed', node: 'web-2', refund: 30 },
  'node-moved': { type: 'node-moved', node: 'web-2' },
  'node-configured': { type: 'node-configured', node: 'lb-1' },
  'node-resized': { type: 'node-resized', node: 'web-2', from: 'S', to: 'M', paid: 80 },
  'link-connected': { type: 'link-connected', link: 'lb-1>web-2' },
  'link-disconnected': { type: 'link-disconnected', link: 'lb-1>web-2' },
  'link-configured': { type: 'link-configured', link: 'lb-1>web-2' },
  'replica-promoted': {
    type: 'replica-promoted',
    node: 'replica',
    primary: 'primary',
    lostWrites: 12,
  },
  'message-received': { type: 'message-received', department: 'marketing', id: 'post', text },
  'traffic-started': { type: 'traffic-started', id: 'post', label, factor: 2.5 },
  'traffic-ended': { type: 'traffic-ended', id: 'post', label },
  'requests-dropped': { type: 'requests-dropped', node: 'web-2', cause: 'queue-full', count: 1204 },
  'drops-ended': { type: 'drops-ended', node: 'web-2', cause: 'queue-full', count: 1204 },
  'node-overloaded': { type: 'node-overloaded', node: 'web-2', limit: 'row-locks' },
  'node-recovered': { type: 'node-recovered', node: 'web-2' },
  'users-reached': { type: 'users-reached', users: 1000 },
  'money-low': { type: 'money-low', money: 42.5 },
  'error-gauge-passed': { type: 'error-gauge-passed', percent: 50 },
  'stage-ended': { type: 'stage-ended', ending: 'service-down' },
  'fault-began': { type: 'fault-began', fault: 'c', kind: 'crash', target: 'web-2' },
  'fault-ended': { type: 'fault-ended', fault: 'z', kind: 'zone-loss', target: 'b' },
  'node-killed': { type: 'node-killed', node: 'web-2', cause: 'out-of-memory' },
  'data-restored': {
    ...{ type: 'data-restored', fault: 'd', node: 'primary', from: 'backup' },
    ...{ rpoSeconds: 42.5, rtoSeconds: 25, lostWrites: 310 },
  },
  'release-offered': { type: 'release-offered', version: 'v2' },
  'deployment-began': { type: 'deployment-began', version: 'v2', strategy: 'canary', count: 4 },
  'canary-judged': { type: 'canary-judged', node: 'web-2', version: 'v2', verdict: 'bad' },
  'deployment-ended': { type: 'deployment-ended', version: 'v2', outcome: 'rolled-back' },
  'alert-raised': { type: 'alert-raised', level: 'critical', alert: 'node-down', node: 'web-2' },
  'alert-cleared': { type: 'alert-cleared', level: 'warning', alert: 'cpu-high', node: 'web-2' },
};

function wordsOf(language: 'en' | 'ko', missing: string[]): Words {
  const { global } = createI18n({
    legacy: false,
    locale: language,
    missing: (_, key) => void missing.push(key),
    messages: { en: { common: enCommon, log: enLog }, ko: { common: koCommon, log: koLog } },
  });
  return {
    t: (key, params = {}) => global.t(key, params),
    text: (one) => (typeof one === 'string' ? one : one[language]),
    format: createFormat(language, 'h'),
  };
}

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  it.each(EVENT_TYPES)('%s is said in full', (type) => {
    const missing: string[] = [];
    const sentence = eventSentence(SAMPLES[type], wordsOf(language, missing));
    expect(missing).toEqual([]);
    expect(sentence).not.toMatch(/[{}]|undefined|NaN/);
    expect(sentence.length).toBeGreaterThan(4);
    const node = 'node' in SAMPLES[type] ? SAMPLES[type].node : null;
    expect(sentence).toContain(node ?? '');
  });
});

describe('sentences', () => {
  const words = wordsOf('en', []);
  const said = (happening: Happening) => eventSentence(happening, words);

  it('name cause, figures and ends', () => {
    expect(said(SAMPLES['requests-dropped'])).toBe(
      'web-2 drops requests: queue full (1,204 lost so far).',
    );
    expect(said(SAMPLES['link-connected'])).toBe('lb-1 now calls web-2.');
    expect(said(SAMPLES['traffic-started'])).toBe('Viral post: traffic × 2.5.');
  });

  it('tell paying from being refunded', () => {
    const shrunk = { ...SAMPLES['node-resized'], from: 'M', to: 'S', paid: -40 } as const;
    expect(said(shrunk)).toBe('web-2 replaced by a smaller size, M to S. $40 refunded.');
  });

  it.each(['en', 'ko'] as const)('tell in %s what a restore has cost', (language) => {
    const missing: string[] = [];
    const told = (changes: Partial<Extract<Happening, { type: 'data-restored' }>>) =>
      eventSentence(
        { ...SAMPLES['data-restored'], ...changes } as Happening,
        wordsOf(language, missing),
      );
    expect(told({})).toMatch(/25.*42\.5.*310|25.*310.*42\.5/);
    expect(told({ from: null, rpoSeconds: null })).toMatch(/25.*310/);
    expect(told({ from: 'snapshot', rpoSeconds: 0, lostWrites: 0 })).not.toMatch(/310|42/);
    expect(told({ from: null, rpoSeconds: 0, lostWrites: 0 })).toMatch(/nothing|없음/);
    expect(missing).toEqual([]);
  });
});

describe('the end of a deployment', () => {
  it.each(['en', 'ko'] as const)('is told in %s for each way to end', (language) => {
    const missing: string[] = [];
    const words = wordsOf(language, missing);
    const told = (['done', 'rolled-back', 'given-up'] as const).map((outcome) =>
      eventSentence({ ...SAMPLES['deployment-ended'], outcome }, words),
    );
    expect(missing).toEqual([]);
    expect(new Set(told).size).toBe(3);
    for (const sentence of told) expect(sentence).toContain('v2');
  });
});

describe('names of faults, strategies and alerts', () => {
  it.each(['en', 'ko'] as const)('are there in %s for every kind', (language) => {
    const missing: string[] = [];
    const { t } = wordsOf(language, missing);
    for (const kind of FAULT_KINDS) t(`common.faults.${kind}`);
    for (const strategy of STRATEGIES) t(`common.strategies.${strategy}`);
    for (const alert of ALERT_IDS) t(`log.alerts.${alert}`, { node: 'web-2' });
    for (const level of ['critical', 'warning', 'info']) t(`log.levels.${level}`);
    expect(missing).toEqual([]);
  });
});

describe('where an event leads', () => {
  const at = (happening: Happening): SimulationEvent => ({ ...happening, atMs: 0, seq: 0 });

  it('is its node, the start of its link, or nowhere', () => {
    expect(eventNode(at(SAMPLES['node-started']))).toBe('web-2');
    expect(eventNode(at(SAMPLES['link-connected']))).toBe('lb-1');
    expect(eventNode(at(SAMPLES['stage-ended']))).toBeNull();
  });

  it('and who speaks is a department only in messages', () => {
    expect(eventDepartment(at(SAMPLES['message-received']))).toBe('marketing');
    expect(eventDepartment(at(SAMPLES['traffic-started']))).toBe('system');
  });
});
