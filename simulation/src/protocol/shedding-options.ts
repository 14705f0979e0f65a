import * as Type from 'typebox';

/** Options of kinds that can shed load. */
export const SHEDDING_OPTIONS = {
  /**
   * Turns requests away while the first in line for the CPU has waited longer than `targetMs`, and for a
   * tenth of a second already. Null or absent: never.
   */
  shedding: Type.Optional(
    Type.Union(
      [
        Type.Object(
          { targetMs: Type.Number({ minimum: 1, maximum: 10_000 }) },
          { additionalProperties: false },
        ),
        Type.Null(),
      ],
      { default: null },
    ),
  ),
};
