import { describe, expect, it } from 'vitest';
import { RuntimeError, type RuntimeErrorCode } from './container-runtime.ts';
import { PortTakenError, toRuntimeError } from './docker-errors.ts';

/** A refusal as the client library throws it. */
const refusal = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message} `), {
    statusCode,
    json: { message },
  });
const trouble = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const translate = (error: unknown) => toRuntimeError(error, 'web-1', '/run/docker.sock');

const CASES: readonly [unknown, RuntimeErrorCode, RegExp][] = [
  [trouble('ENOENT'), 'unreachable', /does not answer at \/run\/docker\.sock.*systemctl start/],
  [trouble('ECONNREFUSED'), 'unreachable', /does not answer/],
  [trouble('EACCES'), 'unreachable', /usermod -aG docker/],
  [trouble('ECONNRESET'), 'broken-answer', /broke/],
  [trouble('HPE_INVALID_CONSTANT'), 'broken-answer', /broke/],
  [refusal(404, 'No such image: project-devops/nginx:0'), 'image-missing', /Build the images/],
  [refusal(404, 'network s1 not found'), 'not-found', /network that web-1 should be on/],
  [refusal(404, 'No such container: 1a'), 'not-found', /web-1 is not there/],
  [refusal(409, 'Container 1a is paused, unpause it'), 'not-running', /not running/],
  [refusal(409, 'Container 1a is not running'), 'not-running', /not running/],
  [refusal(409, 'The container name "/web-1" is already in use'), 'conflict', /already in use/],
  [refusal(403, 'network s1 has active endpoints'), 'conflict', /still has containers/],
  [refusal(500, 'mkdir /x: no space left on device'), 'no-space', /docker system df/],
  [refusal(500, 'fork/exec: cannot allocate memory'), 'no-memory', /not enough memory/],
  [
    refusal(400, 'could not find an available, non-overlapping IPv4 address pool'),
    'refused',
    /docker network prune/,
  ],
  [refusal(400, 'Minimum memory limit allowed is 6MB'), 'refused', /refused web-1: Minimum/],
  [refusal(500, 'something else.'), 'refused', /refused web-1: something else\.$/],
];

describe("Docker's failures in our words", () => {
  it.each(CASES)('%s', (error, code, message) => {
    const translated = translate(error);
    expect(translated).toBeInstanceOf(RuntimeError);
    expect(translated).toMatchObject({ code, subject: 'web-1' });
    expect(translated.message).toMatch(message);
  });

  it('knows a port that was taken, however Docker says it', () => {
    for (const message of [
      'Bind for 127.0.0.1:32768 failed: port is already allocated',
      'listen tcp4 127.0.0.1:32768: bind: address already in use',
    ]) {
      expect(translate(refusal(500, message))).toBeInstanceOf(PortTakenError);
    }
  });

  it('leaves an error of ours as it is', () => {
    const ours = new RuntimeError('timed-out', 'late');
    expect(translate(ours)).toBe(ours);
  });
});
