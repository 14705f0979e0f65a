/** The panels that become tabs on narrow screens. */
export const PANELS = ['shop', 'inspector', 'log', 'traffic'] as const;
export type PanelName = (typeof PANELS)[number];
