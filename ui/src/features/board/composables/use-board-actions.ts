import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { useI18n } from 'vue-i18n';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { useNodeCommands } from '../../../building/use-node-commands.ts';
import { useRun } from '../../../session/use-run.ts';
import type { Board } from './use-board.ts';

/** What presses, drags and keys on the map do. */
export function useBoardActions(parts: Board) {
  const { t } = useI18n({ useScope: 'global' });
  const run = useRun();
  const tools = useBoardTools();
  const commands = useNodeCommands();
  const { news, connecting, focus, placing, links, moves, board, surface, canEdit } = parts;

  /** Says which kinds a node could call if they stood here, or that it calls none. */
  function whyNoTarget(from: NodeId): string {
    const kind = board.byId.value.get(from)?.node.kind;
    const kinds = kind ? (board.catalog.value.get(kind)?.linksTo ?? []) : [];
    const allowed = kinds.map((one) => t(`common.kinds.${one}`)).join(', ');
    return t(allowed === '' ? 'board.connect.nothing' : 'board.connect.none', { from, allowed });
  }

  /** Begins a link at a node, unless there is nothing it may be linked to. */
  function startLink(from: NodeId): void {
    if (!canEdit.value) return;
    tools.startConnecting(from);
    if (connecting.targets.value.length > 0) {
      news.say(t('board.connect.hint', { from }));
      return;
    }
    const verdict = connecting.blocked.value;
    tools.cancel();
    if (verdict) news.show(verdict, moves.positionOf(from));
    else news.tell(whyNoTarget(from), moves.positionOf(from));
  }

  /** Ends a link at a node; what cannot be linked is explained and the link stays in hand. */
  async function endLink(to: NodeId): Promise<void> {
    const from = connecting.from.value;
    if (from === null || to === from) return cancel();
    const refusal = connecting.verdictOn(to);
    if (refusal) return news.show(refusal, moves.positionOf(to));
    if (await connecting.complete(to)) news.say(t('board.said.connected', { from, to }));
  }

  function chooseNode(id: NodeId): void {
    if (tools.tool.kind === 'connect') void endLink(id);
    else if (tools.tool.kind === 'select') tools.select({ kind: 'node', id });
  }

  async function disconnect(from: NodeId, to: NodeId): Promise<void> {
    if (!canEdit.value || !(await commands.disconnect(from, to))) return;
    news.say(t('board.said.disconnected', { from, to }));
    void focus.focus(from);
  }

  async function remove(id: NodeId): Promise<void> {
    if (!canEdit.value || !(await commands.remove(id))) return;
    news.say(t('board.said.removed', { node: id }));
  }

  /** Removes the focused link, else the selected link or node. */
  function removeChosen(): void {
    const link = links.items.value.find((item) => item.key === links.hovered.value);
    const { selection } = tools;
    if (link) void disconnect(link.from, link.to);
    else if (selection?.kind === 'link') void disconnect(selection.from, selection.to);
    else if (selection?.kind === 'node') void remove(selection.id);
  }

  /** Puts the tool away, and with no tool in hand the selection. */
  function cancel(): void {
    news.dismiss();
    const { tool } = tools;
    if (tool.kind === 'select') return tools.select(null);
    tools.cancel();
    news.say(t('board.said.cancelled'));
    if (tool.kind === 'connect') void focus.focus(tool.from);
    else if (focus.active.value !== null) void focus.focus(focus.active.value);
  }

  /** A press on the map itself. */
  function pressGround(point: Position, again: boolean): void {
    if (tools.tool.kind === 'place') {
      placing.moveTo(point);
      void placing.put(again);
    } else if (tools.tool.kind === 'connect') {
      cancel();
    } else {
      const link = links.linkAt(point, surface.view.k);
      tools.select(link ? { kind: 'link', from: link.from, to: link.to } : null);
    }
  }

  /** Arranges all nodes in columns along the links. */
  async function tidy(): Promise<void> {
    const topology = run.snapshot?.topology;
    if (!topology || !canEdit.value) return;
    const { tidyPositions } = await import('../geometry/tidy.ts');
    for (const [id, position] of tidyPositions(topology)) {
      const now = board.byId.value.get(id)?.node.position;
      if (now?.x === position.x && now.y === position.y) continue;
      await run.dispatch({ type: 'move-node', id, position });
    }
    news.say(t('board.said.tidied'));
    surface.fit();
  }

  return { startLink, endLink, chooseNode, disconnect, removeChosen, cancel, pressGround, tidy };
}
export type BoardActions = ReturnType<typeof useBoardActions>;
