import * as Type from 'typebox';

/** What the options of `monitoring` are where a node does not say. */
export const MONITORING_DEFAULTS = { scrapeSeconds: 5 } as const;

/** Options of a `monitoring` node. */
export const MONITORING_OPTIONS = {
  /** How often it asks every other node how it is; a round that takes longer delays the next. */
  scrapeSeconds: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 60, default: MONITORING_DEFAULTS.scrapeSeconds }),
  ),
};
