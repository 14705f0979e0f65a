import type { NodeId, NodeKind, Size } from '@project-devops/simulation/protocol';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';

/** What the next click on the map does. */
export type Tool =
  | { readonly kind: 'select' }
  | { readonly kind: 'place'; readonly nodeKind: NodeKind; readonly size: Size }
  | { readonly kind: 'connect'; readonly from: NodeId };

export type Selection =
  | { readonly kind: 'node'; readonly id: NodeId }
  | { readonly kind: 'link'; readonly from: NodeId; readonly to: NodeId };

export const OVERLAYS = ['load', 'latency', 'errors', 'cost'] as const;
/** Which figure colours the nodes' bars. */
export type Overlay = (typeof OVERLAYS)[number];

/** A wish about the map's view; each is a new object, so that the same wish can be made twice. */
export type ViewRequest = { readonly kind: 'fit' } | { readonly kind: 'node'; readonly id: NodeId };

/** What the player holds, has selected and looks at on the map; the run itself is in `useRun`. */
export const useBoardTools = defineStore('board-tools', () => {
  const tool = shallowRef<Tool>({ kind: 'select' });
  const selection = shallowRef<Selection | null>(null);
  const overlay = ref<Overlay>('load');
  const view = ref<'map' | 'table'>('map');
  /** The newest wish; the map fulfils it when it is on screen. */
  const viewRequest = shallowRef<ViewRequest | null>(null);

  /** Takes a node of a kind and size in hand; the next click on the map buys it. */
  function startPlacing(nodeKind: NodeKind, size: Size): void {
    view.value = 'map';
    tool.value = { kind: 'place', nodeKind, size };
  }

  /** Begins a link at a node; the next node chosen is its other end. */
  function startConnecting(from: NodeId): void {
    view.value = 'map';
    tool.value = { kind: 'connect', from };
  }

  /** Puts the tool away; the selection stays. */
  function cancel(): void {
    tool.value = { kind: 'select' };
  }

  function select(next: Selection | null): void {
    selection.value = next;
  }

  /** Selects a node and moves the map so that it can be seen. */
  function focusNode(id: NodeId): void {
    view.value = 'map';
    selection.value = { kind: 'node', id };
    viewRequest.value = { kind: 'node', id };
  }

  /** Zooms so that the whole topology can be seen. */
  function fit(): void {
    viewRequest.value = { kind: 'fit' };
  }

  return {
    tool,
    selection,
    overlay,
    view,
    viewRequest,
    startPlacing,
    startConnecting,
    cancel,
    select,
    focusNode,
    fit,
  };
});
