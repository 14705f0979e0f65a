import { createServer } from 'node:net';
import { type ContainerSpec, type ContainerState, RuntimeError } from './container-runtime.ts';
import { readContainer, readId } from './docker-answers.ts';
import type { DockerConnection } from './docker-connection.ts';
import { PortTakenError } from './docker-errors.ts';
import { containerSettings, type HostPorts } from './docker-settings.ts';
import { hasLabels } from './labels.ts';

/** Starting pulls a container's file system and network together, which takes long on a busy disk. */
const START_DEADLINE_MS = 30_000;
const PORT_ATTEMPTS = 3;
const NOT_MODIFIED = 304;

/**
 * Creates and starts a container; one of the same name and labels is taken over. A port that somebody else
 * took meanwhile is exchanged for a free one. What cannot be started is removed again.
 */
export async function runContainer(connection: DockerConnection, spec: ContainerSpec) {
  let ports: HostPorts = {};
  for (let attempt = 1; ; attempt++) {
    const id = await createOrAdopt(connection, spec, ports);
    try {
      await start(connection, id, spec.name);
      return await inspect(connection, id, spec.name);
    } catch (error) {
      await discard(connection, id, spec.name);
      if (!(error instanceof PortTakenError) || attempt === PORT_ATTEMPTS) throw error;
      ports = await freePorts(spec.published);
    }
  }
}

async function createOrAdopt(
  connection: DockerConnection,
  spec: ContainerSpec,
  ports: HostPorts,
): Promise<string> {
  try {
    const made = await connection.ask(
      spec.name,
      (docker) => docker.createContainer(containerSettings(spec, ports)),
      START_DEADLINE_MS,
    );
    return readId({ Id: made.id }, spec.name);
  } catch (error) {
    if (!(error instanceof RuntimeError) || error.code !== 'conflict') throw error;
    return await adopt(connection, spec);
  }
}

async function adopt(connection: DockerConnection, spec: ContainerSpec): Promise<string> {
  const present = await inspect(connection, spec.name, spec.name);
  if (hasLabels(present.labels, spec.labels)) return present.id;
  const text = `A container named ${spec.name} exists already and is not this session's. Remove it ("docker rm -f ${spec.name}") if nobody needs it.`;
  throw new RuntimeError('conflict', text, spec.name);
}

async function start(connection: DockerConnection, id: string, name: string): Promise<void> {
  await connection.ask(
    name,
    async (docker) => {
      try {
        await docker.getContainer(id).start();
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode !== NOT_MODIFIED) throw error;
      }
    },
    START_DEADLINE_MS,
  );
}

async function inspect(
  connection: DockerConnection,
  id: string,
  name: string,
): Promise<ContainerState> {
  const answer = await connection.ask(name, (docker) => docker.getContainer(id).inspect());
  return readContainer(answer, name);
}

/** Its failure hides nothing: the start's own error is told, and what is left carries the session's label. */
async function discard(connection: DockerConnection, id: string, name: string): Promise<void> {
  await connection
    .ask(name, (docker) => docker.getContainer(id).remove({ force: true, v: true }))
    .catch(() => undefined);
}

async function freePorts(wanted: readonly number[]): Promise<HostPorts> {
  const found = await Promise.all(wanted.map(async (port) => [port, await freePort()] as const));
  return Object.fromEntries(found);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
