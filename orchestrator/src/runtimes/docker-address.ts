import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RuntimeError } from './container-runtime.ts';

/** Where a Docker engine listens. */
export type DockerAddress =
  | { readonly transport: 'socket'; readonly path: string }
  | { readonly transport: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly transport: 'tls';
      readonly host: string;
      readonly port: number;
      readonly certificates: {
        readonly ca: string;
        readonly cert: string;
        readonly key: string;
      } | null;
    };

type Environment = Readonly<Record<string, string | undefined>>;

const SYSTEM_SOCKET = '/var/run/docker.sock';
const WINDOWS_PIPE = '//./pipe/docker_engine';
const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * The engine's address: DOCKER_HOST (unix, npipe or tcp; DOCKER_TLS_VERIFY and DOCKER_CERT_PATH as Docker's
 * own client reads them), else this machine's. Throws a `RuntimeError` for an address it cannot use.
 */
export function dockerAddress(environment: Environment = process.env): DockerAddress {
  const given = environment.DOCKER_HOST;
  if (given === undefined || given === '') return { transport: 'socket', path: defaultSocket() };
  const [, scheme, rest] = /^(unix|npipe):\/\/(.*)$/.exec(given) ?? [];
  if (scheme !== undefined) return { transport: 'socket', path: rest || defaultSocket() };
  return tcpAddress(given, environment);
}

/** The address as a person reads it. */
export function addressText(address: DockerAddress): string {
  return address.transport === 'socket' ? address.path : `${address.host}:${address.port}`;
}

function tcpAddress(given: string, environment: Environment): DockerAddress {
  const url = URL.parse(given.includes('://') ? given : `tcp://${given}`);
  if (url === null || !['tcp:', 'http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw new RuntimeError(
      'unreachable',
      `DOCKER_HOST is "${given}", which real mode cannot use. Set it to unix:///path/to/docker.sock or tcp://host:port, or unset it.`,
      given,
    );
  }
  const secure = url.protocol === 'https:' || (environment.DOCKER_TLS_VERIFY ?? '') !== '';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (secure ? TLS_PORT : PLAIN_PORT) : Number(url.port);
  if (!secure && port !== TLS_PORT) return { transport: 'tcp', host, port };
  return { transport: 'tls', host, port, certificates: certificates(environment) };
}

function certificates(environment: Environment) {
  const folder = environment.DOCKER_CERT_PATH ?? join(homedir(), '.docker');
  try {
    const read = (name: string) => readFileSync(join(folder, `${name}.pem`), 'utf8');
    return { ca: read('ca'), cert: read('cert'), key: read('key') };
  } catch {
    return null;
  }
}

/** Docker Desktop and rootless Docker listen in the user's own folders. */
function defaultSocket(): string {
  if (process.platform === 'win32') return WINDOWS_PIPE;
  const own = join(homedir(), '.docker', 'run', 'docker.sock');
  return !existsSync(SYSTEM_SOCKET) && existsSync(own) ? own : SYSTEM_SOCKET;
}
