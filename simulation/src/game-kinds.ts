import { CATALOG, COMPONENTS } from './components/catalog.ts';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import type { Component } from './execution/component.ts';
import type { Kinds } from './execution/kinds.ts';
import type { NodeKind } from './protocol/index.ts';
import { sizeEntryOf } from './rules/topology-edits.ts';

/** The game's node kinds, as the simulator takes them. */
export const KINDS: Kinds = {
  components: COMPONENTS as unknown as Readonly<Record<NodeKind, Component>>,
  sizeEntry: (node) => sizeEntryOf(node, CATALOG),
  startupMs: (kind) => CATALOG[kind].startupMs,
  demands: DEFAULT_PROFILE.demands,
};
