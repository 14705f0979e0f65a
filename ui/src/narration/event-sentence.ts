import type {
  Happening,
  LinkKey,
  NodeId,
  SimulationEvent,
  Text,
} from '@project-devops/simulation/protocol';
import type { Format } from '../composables/format.ts';

/** The present language: messages by key, and how it writes texts, money and numbers. */
export interface Words {
  readonly t: (key: string, params?: Record<string, string>) => string;
  readonly text: (text: Text) => string;
  readonly format: Pick<Format, 'money' | 'number'>;
}

function ends(link: LinkKey): { from: NodeId; to: NodeId } {
  const at = link.indexOf('>');
  return { from: link.slice(0, at), to: link.slice(at + 1) };
}

/** What an event says, in one or two sentences of the present language. */
export function eventSentence(event: Happening, words: Words): string {
  const say = (params: Record<string, string> = {}) => words.t(`log.events.${event.type}`, params);
  switch (event.type) {
    case 'operation-started':
      return say();
    case 'node-placed':
      return say({
        node: event.node,
        kind: words.t(`common.kinds.${event.kind}`),
        money: words.format.money(event.paid),
      });
    case 'node-removed':
      return say({ node: event.node, money: words.format.money(event.refund) });
    case 'node-resized':
      return words.t(event.paid < 0 ? 'log.events.node-shrunk' : 'log.events.node-resized', {
        node: event.node,
        from: event.from,
        to: event.to,
        money: words.format.money(Math.abs(event.paid)),
      });
    case 'node-started':
    case 'node-restarted':
    case 'node-moved':
    case 'node-configured':
    case 'node-recovered':
      return say({ node: event.node });
    case 'link-connected':
    case 'link-disconnected':
    case 'link-configured':
      return say(ends(event.link));
    case 'replica-promoted':
      return say({
        node: event.node,
        primary: event.primary,
        count: words.format.number(event.lostWrites),
      });
    case 'message-received':
      return words.text(event.text);
    case 'traffic-started':
      return say({ label: words.text(event.label), factor: words.format.number(event.factor, 1) });
    case 'traffic-ended':
      return say({ label: words.text(event.label) });
    case 'requests-dropped':
    case 'drops-ended':
      return say({
        node: event.node,
        cause: words.t(`common.causes.${event.cause}`),
        count: words.format.number(event.count),
      });
    case 'node-overloaded':
      return say({ node: event.node, limit: words.t(`common.limits.${event.limit}`) });
    case 'users-reached':
      return say({ users: words.format.number(event.users) });
    case 'money-low':
      return say({ money: words.format.money(event.money) });
    case 'error-gauge-passed':
      return say({ percent: words.format.number(event.percent) });
    case 'fault-began':
    case 'fault-ended':
      return say({ target: event.target, fault: words.t(`common.faults.${event.kind}`) });
    case 'node-killed':
      return say({ node: event.node, cause: words.t(`common.causes.${event.cause}`) });
    case 'data-restored':
      return restoredSentence(event, words);
    case 'release-offered':
      return say({ version: event.version });
    case 'deployment-began':
      return say({
        version: event.version,
        count: words.format.number(event.count),
        strategy: words.t(`common.strategies.${event.strategy}`),
      });
    case 'canary-judged': {
      const { node, version } = event;
      return words.t(`log.events.canary-${event.verdict}`, { node, version });
    }
    case 'deployment-ended':
      return words.t(`log.events.deployment-${event.outcome}`, { version: event.version });
    case 'alert-raised':
    case 'alert-cleared':
      return say({
        level: words.t(`log.levels.${event.level}`),
        what: words.t(`log.alerts.${event.alert}`, { node: event.node ?? '' }),
      });
    case 'stage-ended':
      return words.t(`log.endings.${event.ending}`);
  }
}

function restoredSentence(
  { node, from, rpoSeconds, rtoSeconds, lostWrites }: Extract<Happening, { type: 'data-restored' }>,
  { t, format }: Words,
): string {
  const lost = rpoSeconds === null ? '-empty' : '';
  const source = from ?? 'none';
  return t(`log.events.data-restored${lostWrites === 0 ? '-whole' : lost}`, {
    node,
    rto: format.number(rtoSeconds, 1),
    rpo: format.number(rpoSeconds ?? 0, 1),
    source: t(`log.sources.${source}`),
    count: format.number(lostWrites),
  });
}

/** The node an event points at (a link's start); null when it is about no single place. */
export function eventNode(event: SimulationEvent): NodeId | null {
  if ('node' in event) return event.node;
  return 'link' in event ? ends(event.link).from : null;
}
