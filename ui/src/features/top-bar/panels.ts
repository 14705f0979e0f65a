/** The panels that become tabs on narrow screens. */
export const PANELS = ['real', 'shop', 'inspector', 'log', 'traffic'] as const;
export type PanelName = (typeof PANELS)[number];
