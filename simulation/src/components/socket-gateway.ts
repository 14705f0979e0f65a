import type { Component } from '../execution/component.ts';
import { withoutMessages } from '../execution/messages.ts';
import { burst, forwardRest, occupy } from '../execution/step.ts';
import { SOCKET_GATEWAY_DEFAULTS } from '../protocol/index.ts';
import { APPLICATIONS } from './kind-groups.ts';
import { eventLoop, sizeOf } from './machine.ts';

/** Memory of one open connection: socket buffers, encryption and the user's session. */
const CONNECTION_KIB = 64;

/** Connections that fit into so much memory. */
export function openConnections(memoryMiB: number): number {
  return Math.floor((memoryMiB * 1024) / CONNECTION_KIB);
}

/**
 * A gateway for long-lived connections (WebSocket): one event loop, and as many open connections as its
 * memory holds, most of them idle. A message comes over its user's connection; what else its request
 * asks for, the applications behind the gateway do. It takes no other requests.
 */
export const socketGateway: Component<'socket-gateway'> = {
  kind: 'socket-gateway',
  routes: { applications: [APPLICATIONS] },
  resources: (node, around) => {
    const { users, idleSeconds } = { ...SOCKET_GATEWAY_DEFAULTS, ...node };
    return {
      cpu: eventLoop(around),
      sessions: {
        type: 'sessions',
        users,
        open: sizeOf(around).connections,
        idleMs: idleSeconds * 1000,
        cause: 'connection-refused',
      },
    };
  },
  request: (requestClass) => {
    const messages = requestClass.operations.filter((operation) => operation === 'message');
    if (messages.length === 0) return undefined;
    const rest = withoutMessages(requestClass).operations;
    return [
      occupy('sessions'),
      ...messages.map(() => burst('cpu', 'socket-message')),
      ...(rest.length > 0 ? [forwardRest('applications')] : []),
    ];
  },
};
