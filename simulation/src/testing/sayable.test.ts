import * as Type from 'typebox';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../protocol/expectation.ts';
import { said, sayable } from './sayable.ts';

const kettle = Type.Object({
  kind: Type.Literal('kettle'),
  litres: Type.Number({ default: 1 }),
  alarm: Type.Union([Type.Object({ loud: Type.Boolean() }), Type.Null()], { default: null }),
});
const lamp = Type.Object({
  kind: Type.Literal('lamp'),
  colour: Type.Enum(['white', 'red'], { default: 'white' }),
  hours: Type.Optional(Type.Array(Type.Union([Type.Number(), Type.Null()]))),
});
const SHELF = Type.Array(Type.Union([kettle, lamp], { discriminator: 'kind' })) as Schema;

describe('what can be said', () => {
  it('is each member and choice but the defaults, under the tag of its variant', () => {
    expect(sayable(SHELF)).toEqual([
      'kettle.litres',
      'kettle.alarm.loud',
      'lamp.colour=red',
      'lamp.hours',
      'lamp.hours=null',
    ]);
  });

  it('is said by a value other than the default', () => {
    const mute = [
      { kind: 'kettle', litres: 1, alarm: null },
      { kind: 'lamp', colour: 'white' },
    ];
    expect(sayable(SHELF).filter((saying) => said(SHELF, mute).includes(saying))).toEqual([]);
    const telling = [
      { kind: 'kettle', litres: 2, alarm: { loud: false } },
      { kind: 'lamp', colour: 'red', hours: [3, null] },
    ];
    expect(said(SHELF, telling)).toEqual(expect.arrayContaining([...sayable(SHELF)]));
  });
});
