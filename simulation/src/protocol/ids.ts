import type { Static } from 'typebox';
import * as Type from 'typebox';

/** A node's name on the board: lower case, digits and hyphens, at most 32 characters. */
export const NodeIdSchema = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,31}$',
  description:
    'lower-case letters, digits and hyphens, starting with a letter, at most 32 characters',
});
export type NodeId = Static<typeof NodeIdSchema>;

/** A request class's name; also the last part of its path in real mode. */
export const ClassIdSchema = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,31}$',
  description:
    'lower-case letters, digits and hyphens, starting with a letter, at most 32 characters',
});
export type ClassId = Static<typeof ClassIdSchema>;
