import {
  CAUSE_HEADER,
  CPU_METRIC,
  FAILED_NODE_HEADER,
  LATENCY_BOUNDS_SECONDS,
  type NodeOf,
  REQUEST_METRICS,
} from '@project-devops/simulation/protocol';
import type { Around, PlanNode } from './node-plan.ts';
import { NotInContainers } from './not-in-containers.ts';

/** nginx's words for the policies; its own default takes the servers in turn. */
const POLICIES = { 'round-robin': '', 'least-connections': '  least_conn;' } as const;
/** Waiting for an answer ends later than any client gives up. */
const PATIENCE_MS = 1_000;
/** Idle connections kept open to the servers. */
const IDLE_CONNECTIONS = 256;

/** nginx as a reverse proxy before the servers that are linked. */
export const planLoadBalancer: PlanNode<'load-balancer'> = (node, around) => ({
  image: 'nginx',
  rank: 2,
  arguments: [],
  configuration: site(node, around),
  fixed: '',
  environment: {},
  minimumMemoryMiB: 64,
  pidsLimit: 32,
  dataMiB: null,
});

function site(node: NodeOf<'load-balancer'>, around: Around): string {
  const servers = around
    .linked('vm-basic')
    .map((id) => ({ id, weight: weightOf(id, node, around) }));
  return [
    settings(node.id, around.size.connections, servers.length > 0),
    ...(servers.length > 0 ? [upstream(servers, policyOf(node))] : []),
    server(servers.length > 0 ? proxy(longestTimeout(around)) : ''),
  ].join('\n');
}

/** What the image's Lua programs are told (`sandbox-images/nginx/requests.lua`). */
function settings(node: string, connections: number, routed: boolean): string {
  const names = { ...REQUEST_METRICS, cpu: CPU_METRIC };
  return `init_by_lua_block {
  require('requests').start {
    node = '${node}',
    connections = ${connections},
    routed = ${routed},
    bounds = { ${LATENCY_BOUNDS_SECONDS.map(quoted).join(', ')} },
    headers = { cause = '${CAUSE_HEADER}', node = '${FAILED_NODE_HEADER}' },
    metrics = { ${Object.entries(names)
      .map(([name, metric]) => `${name} = ${quoted(metric)}`)
      .join(', ')} },
  }
}`;
}

const quoted = (text: string | number) => `'${text}'`;

interface Server {
  readonly id: string;
  readonly weight: number;
}

function weightOf(server: string, { id }: NodeOf<'load-balancer'>, { input }: Around): number {
  const link = input.topology.links.find(({ from, to }) => from === id && to === server);
  return link?.weight ?? 1;
}

/** nginx spreads by hash without a bound on the load, and finds out by failed requests who is down. */
function policyOf({ id, policy, healthCheck }: NodeOf<'load-balancer'>): string {
  if (policy === 'consistent-hash') {
    const reason = 'containers do not spread by consistent hash with bounded load';
    throw new NotInContainers(id, reason, `Choose another policy for ${id}`);
  }
  if (healthCheck) {
    const reason = 'containers have no active health checks';
    throw new NotInContainers(id, reason, `Turn the health checks of ${id} off`);
  }
  return POLICIES[policy];
}

/** A server that could not be reached is left out for a second. */
function upstream(servers: readonly Server[], policy: string): string {
  return [
    'upstream servers {',
    ...(policy === '' ? [] : [policy]),
    ...servers.map(
      ({ id, weight }) =>
        `  server ${id}:8080${weight === 1 ? '' : ` weight=${weight}`} max_fails=1 fail_timeout=1s;`,
    ),
    `  keepalive ${IDLE_CONNECTIONS};`,
    '  keepalive_requests 1000000;',
    '}',
  ].join('\n');
}

/** One request is one call: a failed one is never sent to another server. */
function proxy(timeoutMs: number): string {
  return `
    proxy_pass http://servers;
    proxy_http_version 1.1;
    proxy_set_header Connection '';
    proxy_next_upstream off;
    proxy_connect_timeout 500ms;
    proxy_send_timeout ${timeoutMs}ms;
    proxy_read_timeout ${timeoutMs}ms;
    proxy_max_temp_file_size 0;`;
}

function server(proxied: string): string {
  return `server {
  listen 8080;
  location = /healthz { return 200 'ok'; }
  location / {
    rewrite_by_lua_block { require('requests').arrive() }${proxied}
    header_filter_by_lua_block { require('requests').answer() }
    log_by_lua_block { require('requests').leave() }
  }
}`;
}

function longestTimeout({ input }: Around): number {
  const timeouts = Object.values(input.classes).map(({ timeoutMs }) => timeoutMs);
  return Math.ceil(Math.max(...timeouts)) + PATIENCE_MS;
}
