import type { NodeId } from '@project-devops/simulation/protocol';
import { computed, onMounted, type Ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { type Box, boundsOf } from '../../../building/node-box.ts';
import { closedReason } from '../../../building/purchase.ts';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { useSituation } from '../../../building/use-situation.ts';
import { useMotion } from '../../../composables/use-motion.ts';
import { useRun } from '../../../session/use-run.ts';
import { useBoardInsets } from './use-board-insets.ts';
import { useBoardNodes } from './use-board-nodes.ts';
import { useBoardView } from './use-board-view.ts';
import { useConnecting } from './use-connecting.ts';
import { useLinkLayer } from './use-link-layer.ts';
import { useNodeFocus } from './use-node-focus.ts';
import { useNodeMoves } from './use-node-moves.ts';
import { useOwnNews } from './use-own-news.ts';
import { usePlacing } from './use-placing.ts';

/** The map's parts, joined: what stands on it, how it is looked at, and what is being done to it. */
export function useBoard(root: Ref<HTMLElement | null>) {
  const { t } = useI18n({ useScope: 'global' });
  const run = useRun();
  const tools = useBoardTools();
  const situation = useSituation();
  const { reduced } = useMotion();
  const covers = useBoardInsets(root);
  const board = useBoardNodes();
  const moves = useNodeMoves(board.byId);
  const connecting = useConnecting(board.catalog);
  const news = useOwnNews(moves.positionOf);

  const boxOf = (id: NodeId): Box | null => {
    const position = moves.positionOf(id);
    return position && boundsOf([position]);
  };
  const surface = useBoardView({
    root,
    insets: covers.insets,
    content: () => boundsOf(board.nodes.value.map((one) => one.node.position)),
    mayPan: (target) => target.closest('[data-node], [data-board-control]') === null,
    reduced,
  });
  covers.onChange(surface.refit);
  const focus = useNodeFocus({
    root,
    nodes: board.nodes,
    onReached: (id) => {
      connecting.candidate.value = id;
      const box = boxOf(id);
      if (box) surface.reveal(box, false);
    },
  });
  const placing = usePlacing({
    nodes: board.nodes,
    middle: surface.middle,
    onPlaced: (id) => {
      news.say(t('board.said.placed', { node: id }));
      if (tools.tool.kind === 'place') return;
      tools.select({ kind: 'node', id });
      focus.focusWhenThere(id);
    },
  });
  /** Nodes beyond their limit, where they are drawn now. */
  const chimneys = () =>
    board.overLimit.value.map(({ node: { id, position } }) => ({
      id,
      position: moves.drafts.value.get(id) ?? position,
    }));
  const links = useLinkLayer({
    moves,
    connecting,
    limits: () => board.limits.value,
    glows: () => chimneys().map((one) => one.position),
  });
  const canEdit = computed(
    () => situation.value !== null && closedReason(situation.value) === null,
  );

  watch(
    () => board.nodes.value.length > 0,
    (isFilled) => {
      if (isFilled) surface.fit(false);
    },
    { flush: 'post' },
  );
  function fulfilWish(): void {
    const wish = tools.viewRequest;
    if (wish === null) return;
    tools.viewRequest = null;
    if (wish.kind === 'fit') return surface.fit();
    const box = boxOf(wish.id);
    if (box) surface.reveal(box, true);
  }
  watch(() => tools.viewRequest, fulfilWish, { flush: 'post' });
  onMounted(fulfilWish);
  watch(
    () => run.snapshot?.topology,
    (topology) => {
      const { selection } = tools;
      const isThere =
        selection?.kind === 'node'
          ? topology?.nodes.some((node) => node.id === selection.id)
          : topology?.links.some((one) => one.from === selection?.from && one.to === selection.to);
      if (selection !== null && isThere !== true) tools.select(null);
    },
  );

  return {
    board,
    moves,
    connecting,
    news,
    surface,
    focus,
    placing,
    links,
    canEdit,
    reduced,
    chimneys,
  };
}
export type Board = ReturnType<typeof useBoard>;
