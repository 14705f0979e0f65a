/** The host names under which the server answers, in lower case and without port. */
export type HostAllowList = ReadonlySet<string>;

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '::1'];
const WILDCARD_ADDRESSES = ['0.0.0.0', '::'];

/** Loopback names, the address listened on (unless it is "all of them"), and what the configuration adds. */
export function createHostAllowList(config: {
  readonly HOST: string;
  readonly ALLOWED_HOSTS: readonly string[];
}): HostAllowList {
  const listening = WILDCARD_ADDRESSES.includes(config.HOST) ? [] : [config.HOST];
  const names = [...LOOPBACK_NAMES, ...listening, ...config.ALLOWED_HOSTS];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** A Host header taken apart; `port` is null when the header leaves it out. */
export interface HostName {
  readonly name: string;
  readonly port: number | null;
}

const HOST =
  /^(?:\[(?<bracketed>[0-9a-f:]{2,39})\]|(?<plain>[0-9a-z_.-]{1,253}))(?::(?<port>\d{1,5}))?$/;

/** Reads a Host header; null when it is absent or not `name` or `name:port`. */
export function parseHost(header: string | undefined): HostName | null {
  const groups = HOST.exec(header?.toLowerCase() ?? '')?.groups;
  if (groups === undefined) return null;
  const port = groups.port === undefined ? null : Number(groups.port);
  return { name: groups.bracketed ?? groups.plain ?? '', port };
}

/**
 * Whether a request, or an upgrade, is meant for this server. The name alone decides: a page that was
 * rebound to our address still sends its own name, while the port differs wherever ports are mapped.
 */
export function isAllowedHost(allowed: HostAllowList, header: string | undefined): boolean {
  const host = parseHost(header);
  return host !== null && allowed.has(host.name);
}

/** Whether a change comes from a page of this very server: scheme, name and port as it was addressed. */
export function isOwnOrigin(origin: string | undefined, hostHeader: string | undefined): boolean {
  return hostHeader !== undefined && origin === `http://${hostHeader.toLowerCase()}`;
}
