import { describe, expect, it } from 'vitest';
import { addressText, dockerAddress } from './docker-address.ts';

describe("the engine's address", () => {
  it('is what DOCKER_HOST says', () => {
    const text = (DOCKER_HOST: string) => addressText(dockerAddress({ DOCKER_HOST }));
    expect(text('unix:///run/user/1000/docker.sock')).toBe('/run/user/1000/docker.sock');
    expect(text('npipe:////./pipe/docker_engine')).toBe('//./pipe/docker_engine');
    expect(text('tcp://192.0.2.5:2375')).toBe('192.0.2.5:2375');
    expect(text('tcp://build.example')).toBe('build.example:2375');
    expect(text('192.0.2.5:4000')).toBe('192.0.2.5:4000');
    expect(text('tcp://[::1]:2375')).toBe('::1:2375');
  });

  it("is this machine's socket when DOCKER_HOST is not set", () => {
    expect(dockerAddress({}).transport).toBe('socket');
    expect(dockerAddress({ DOCKER_HOST: '' }).transport).toBe('socket');
  });

  it('is encrypted when Docker is told so', () => {
    const environment = { DOCKER_HOST: 'tcp://far.example', DOCKER_CERT_PATH: '/absent' };
    expect(dockerAddress({ ...environment, DOCKER_TLS_VERIFY: '1' })).toEqual({
      transport: 'tls',
      host: 'far.example',
      port: 2376,
      certificates: null,
    });
    expect(dockerAddress({ DOCKER_HOST: 'tcp://far.example:2376' }).transport).toBe('tls');
  });

  it.each(['ssh://me@far.example', 'nonsense://', 'tcp://'])('cannot be %s', (DOCKER_HOST) => {
    expect(() => dockerAddress({ DOCKER_HOST })).toThrow(
      expect.objectContaining({
        code: 'unreachable',
        message: expect.stringContaining('unset it'),
      }),
    );
  });
});
