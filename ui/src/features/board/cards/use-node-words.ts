import type { ContainerStatus, NodeId, TopologyNode } from '@project-devops/simulation/protocol';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useFormat } from '../../../composables/use-format.ts';
import type { DropBadge, NodeCard } from './node-card.ts';
import type { NodeLine } from './node-line.ts';

/** A card in words of the present language. */
export interface NodeWords {
  /** The line of figures; `voice`: short for the eye, or in full words for the ear. */
  line(line: NodeLine, voice: 'card' | 'spoken'): string;
  drops(badge: DropBadge): string;
  locks(count: number): string;
  container(status: ContainerStatus): string;
  /** The accessible name of the port of a node. */
  port(id: NodeId): string;
  /** All that the card says: the node's accessible name. */
  name(node: TopologyNode, card: NodeCard): string;
}

const MOST_REMEMBERED = 5_000;

/** What cards say and screen readers are told of nodes, in the present language. */
export function useNodeWords(): NodeWords {
  const { t: translate } = useI18n({ useScope: 'global' });
  const currentFormat = useFormat();
  /** The same few sentences are said of hundreds of nodes every second; they are forgotten with the language. */
  const language = computed(() => ({
    format: currentFormat.value,
    said: new Map<string, string>(),
  }));

  function t(key: string, params: Readonly<Record<string, string>> = {}): string {
    const { said } = language.value;
    const id = `${key} ${Object.values(params).join(' ')}`;
    const known = said.get(id);
    if (known !== undefined) return known;
    if (said.size >= MOST_REMEMBERED) said.clear();
    const text = translate(key, params);
    said.set(id, text);
    return text;
  }

  const count = (value: number): string => language.value.format.number(value);
  const percent = (ratio: number, digits = 0): string =>
    language.value.format.percent(ratio, digits);

  function parts(line: NodeLine): Record<string, string> | null {
    switch (line.show) {
      case 'ready':
      case 'starting':
      case 'down':
        return {};
      case 'requests':
        return { rate: count(line.perSecond) };
      case 'policy':
        return { policy: t(`board.policies.${line.policy}`) };
      case 'cpu':
        return { used: percent(line.utilisation), queue: count(line.queue) };
      case 'cache': {
        const eviction = t(`board.evictions.${line.eviction}`);
        return line.hitRatio === null ? null : { hits: percent(line.hitRatio), eviction };
      }
      case 'locks':
        return { count: count(line.waits) };
      case 'connections':
        return { used: count(line.used), limit: count(line.limit) };
      case 'lag':
        return { lag: language.value.format.duration(line.lagMs) };
      case 'messages':
        return { count: count(line.waiting) };
      case 'latency':
        return line.p95Ms === null ? null : { p95: language.value.format.duration(line.p95Ms) };
      case 'errors':
        return line.ratio === null ? null : { ratio: percent(line.ratio, 1) };
      case 'cost':
        return { cost: language.value.format.moneyPerHour(line.perHour) };
    }
  }

  function line(of: NodeLine, voice: 'card' | 'spoken'): string {
    const params = parts(of);
    if (params) return t(`board.${voice}.${of.show}`, params);
    if (of.show === 'cache') return t(`board.evictions.${of.eviction}`);
    return t(`board.${voice}.unmeasured`);
  }

  function name(node: TopologyNode, card: NodeCard): string {
    const words = [node.id, t(`common.kinds.${node.kind}`)];
    if ('size' in node) words.push(t('board.spoken.size', { size: node.size }));
    words.push(line(card.line, 'spoken'));
    if (card.limit) {
      words.push(t('board.spoken.limited', { limit: t(`common.limits.${card.limit}`) }));
    }
    if (card.drops) {
      const cause = t(`common.causes.${card.drops.cause}`);
      words.push(t('board.spoken.dropping', { cause, count: count(card.drops.count) }));
    }
    if (card.lockWaits > 0 && card.line.show !== 'locks') {
      words.push(t('board.spoken.locks', { count: count(card.lockWaits) }));
    }
    const { container = null, bar = null } = card.real ?? {};
    if (bar) words.push(t('board.spoken.measured', { share: percent(bar.share) }));
    if (container !== null && container !== 'healthy') words.push(ofContainer(container));
    return words.join(', ');
  }

  const ofContainer = (status: ContainerStatus): string =>
    t('board.badge.container', { status: t(`real.statuses.${status}`) });

  return {
    line,
    drops: ({ status, count: dropped, cause }) =>
      t('board.badge.drops', {
        status: String(status),
        count: count(dropped),
        cause: t(`common.causes.${cause}`),
      }),
    port: (id) => t('board.port', { id }),
    container: ofContainer,
    locks: (waits) => t('board.badge.locked', { count: count(waits) }),
    name,
  };
}
