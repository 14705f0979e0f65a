import { createServer } from 'node:net';
import type Docker from 'dockerode';
import { type ContainerSpec, type ContainerState, RuntimeError } from './container-runtime.ts';
import { readContainer, readId } from './docker-answers.ts';
import type { DockerConnection } from './docker-connection.ts';
import { isCode, PortTakenError } from './docker-errors.ts';
import { containerSettings, type HostPorts } from './docker-settings.ts';
import { hasLabels } from './labels.ts';

/** Making a container's file system and network takes long on a busy machine. */
const START_DEADLINE_MS = 30_000;
const PORT_ATTEMPTS = 3;
const NOT_MODIFIED = 304;
const UNCERTAIN = ['unreachable', 'timed-out', 'broken-answer'] as const;

/**
 * Creates and starts a container; one of the same name and labels is taken over. A port that somebody else
 * took meanwhile is exchanged for a free one. What the engine refuses to start is removed again.
 */
export async function runContainer(connection: DockerConnection, spec: ContainerSpec) {
  let ports: HostPorts = {};
  for (let attempt = 1; ; attempt++) {
    const id = await createOrAdopt(connection, spec, ports);
    try {
      await start(connection, id, spec.name);
      return await inspect(connection, id, spec.name);
    } catch (error) {
      if (!isUncertain(error)) await discard(connection, id, spec.name);
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
      (docker) => docker.createContainer(creation(spec, ports)),
      START_DEADLINE_MS,
    );
    return readId({ Id: made.id }, spec.name);
  } catch (error) {
    if (!isCode(error, 'conflict')) throw error;
    return await adopt(connection, spec, error);
  }
}

/** The client library writes all of it into the address as well, unless it is told what belongs where. */
function creation(spec: ContainerSpec, ports: HostPorts) {
  const parts = { _query: { name: spec.name }, _body: containerSettings(spec, ports) };
  const options: Docker.ContainerCreateOptions & typeof parts = parts;
  return options;
}

async function adopt(
  connection: DockerConnection,
  spec: ContainerSpec,
  conflict: RuntimeError,
): Promise<string> {
  const present = await inspect(connection, spec.name, spec.name).catch((error: unknown) => {
    throw isCode(error, 'not-found') ? conflict : error;
  });
  if (hasLabels(present.labels, spec.labels)) return present.id;
  const text = `A container named ${spec.name} exists already and is not this session's. Remove it ("docker rm -f ${spec.name}") if nobody needs it.`;
  throw new RuntimeError('conflict', text, spec.name);
}

/** Whether the start may have succeeded all the same; the next attempt then takes the container over. */
function isUncertain(error: unknown): boolean {
  return UNCERTAIN.some((code) => isCode(error, code));
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
