import { expect, it } from 'vitest';
import { adviceFor } from './advice.mjs';

it.each([
  ['npm error code ENOTFOUND\nnpm error network request failed', /network/],
  ['npm error code EAI_AGAIN', /network/],
  ['npm error code ENOSPC\nnpm error nospc no space left on device', /disk is full/],
  ['npm error code EACCES', /writable/],
  ['npm error code E404', /registry/],
  ['npm error code EINTEGRITY', /cache/],
  ['npm error code EUSAGE', /npm install/],
  ['npm error something new', /lines above/],
])('tells what to do about %j', (output, expected) => {
  expect(adviceFor(output)).toMatch(expected);
});
