/** What an option is counted in; its words are `options.units.<unit>`. */
export type OptionUnit = 'seconds' | 'milliseconds' | 'kibibytes' | 'perSecond' | 'percent';

const UNIT_OF_ENDING: readonly (readonly [ending: RegExp, unit: OptionUnit])[] = [
  [/Seconds$/, 'seconds'],
  [/Ms$/, 'milliseconds'],
  [/KiB$/, 'kibibytes'],
  [/^perSecond$/, 'perSecond'],
  [/(Ratio|Utilisation)$/, 'percent'],
];

/** The unit that an option's name ends with, as all names in the protocol do; null for a plain count. */
export function optionUnit(name: string): OptionUnit | null {
  return UNIT_OF_ENDING.find(([ending]) => ending.test(name))?.[1] ?? null;
}

/** A value as a player reads it: ratios in percent. */
export function toShown(value: number, unit: OptionUnit | null): number {
  return unit === 'percent' ? rounded(value * 100) : value;
}

/** The value that stands behind what a player wrote. */
export function fromShown(shown: number, unit: OptionUnit | null): number {
  return unit === 'percent' ? rounded(shown / 100) : shown;
}

/** Without the last digits, which only come from counting in binary. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
