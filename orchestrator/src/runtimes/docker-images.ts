import type { Readable } from 'node:stream';
import { parse } from '@project-devops/simulation/protocol';
import type { ImageBuildOptions } from 'dockerode';
import * as Type from 'typebox';
import { type Clock, systemClock } from '../clock.ts';
import { type Labels, RuntimeError } from './container-runtime.ts';
import { type DockerAddress, dockerAddress } from './docker-address.ts';
import { DockerConnection, type Question } from './docker-connection.ts';
import { brokenAnswer } from './docker-errors.ts';
import { readMessages } from './docker-messages.ts';
import { labelFilter } from './docker-settings.ts';
import type { BuildSpec, ImageStore, ImportSpec, StoredImage } from './image-store.ts';
import { Patience } from './patience.ts';

export interface DockerImageOptions {
  /** Where the engine listens; what DOCKER_HOST says when left out. */
  readonly address?: DockerAddress;
  readonly clock?: Clock;
}

const LabelsSchema = Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]);
const ListSchema = Type.Array(
  Type.Object({
    RepoTags: Type.Union([Type.Array(Type.String()), Type.Null()]),
    Labels: LabelsSchema,
    Size: Type.Number(),
  }),
);
const ImageSchema = Type.Object({
  Size: Type.Number(),
  Config: Type.Object({ Labels: Type.Optional(LabelsSchema) }),
});

const MIB = 1_048_576;
const NO_TAG = '<none>:<none>';
const HOUR_MS = 3_600_000;
const REMOVE_DEADLINE_MS = 60_000;

/** The images of a Docker engine, 20.10 or newer. Throws a `RuntimeError` for a DOCKER_HOST it cannot use. */
export function createDockerImageStore({
  address = dockerAddress(),
  clock = systemClock,
}: DockerImageOptions = {}): ImageStore {
  return new DockerImageStore(new DockerConnection(address, clock), clock);
}

type Opening = Question<NodeJS.ReadableStream>;

interface Following {
  readonly deadlineMs: number;
  /** The engine may say nothing for so long; as long as it likes when left out. */
  readonly silenceMs?: number;
  readonly onLine: (line: string) => void;
}

class DockerImageStore implements ImageStore {
  readonly #connection: DockerConnection;
  readonly #clock: Clock;

  constructor(connection: DockerConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
  }

  async list(labels: Labels): Promise<readonly StoredImage[]> {
    const filters = JSON.stringify({ label: labelFilter(labels) });
    const answer = await this.#connection.ask('images', (docker) => docker.listImages({ filters }));
    return read<Type.Static<typeof ListSchema>>(ListSchema, answer, 'images').flatMap((image) =>
      (image.RepoTags ?? [])
        .filter((tag) => tag !== NO_TAG)
        .map((tag) => stored(tag, image.Labels, image.Size)),
    );
  }

  async find(tag: string): Promise<StoredImage | null> {
    try {
      const answer = await this.#connection.ask(tag, (docker) => docker.getImage(tag).inspect());
      const image = read<Type.Static<typeof ImageSchema>>(ImageSchema, answer, tag);
      return stored(tag, image.Config.Labels ?? null, image.Size);
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  async pull(tag: string, deadlineMs: number, onLine: (line: string) => void): Promise<void> {
    const [name, version] = nameAndVersion(tag);
    const start: Opening = (docker) => docker.createImage({ fromImage: name, tag: version });
    try {
      await this.#follow(tag, start, { deadlineMs: HOUR_MS, silenceMs: deadlineMs, onLine });
    } catch (error) {
      if (!isGone(error)) throw error;
      throw new RuntimeError('refused', `The registry has no ${tag} for this machine.`, tag);
    }
  }

  async build(
    context: Readable,
    { tag, labels, buildArguments, deadlineMs, signal }: BuildSpec,
    onLine: (line: string) => void,
  ): Promise<StoredImage> {
    const options: ImageBuildOptions = {
      t: tag,
      labels: { ...labels },
      buildargs: { ...buildArguments },
      rm: true,
      forcerm: true,
      ...(signal && { abortSignal: signal }),
    };
    const start: Opening = (docker) => docker.buildImage(context, options);
    await this.#follow(tag, start, { deadlineMs, onLine });
    return await this.#made(tag);
  }

  async importRoot(root: Readable, { tag, changes, deadlineMs }: ImportSpec): Promise<StoredImage> {
    const [repo, version] = nameAndVersion(tag);
    const options = { repo, tag: version, changes: [...changes] };
    const start: Opening = (docker) => docker.importImage(root, options);
    await this.#follow(tag, start, { deadlineMs, onLine: () => {} });
    return await this.#made(tag);
  }

  async remove(tag: string): Promise<void> {
    try {
      const question: Question<unknown> = (docker) => docker.getImage(tag).remove();
      await this.#connection.ask(tag, question, REMOVE_DEADLINE_MS);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  async #made(tag: string): Promise<StoredImage> {
    const image = await this.find(tag);
    if (image !== null) return image;
    throw brokenAnswer(tag, 'it was told to be made, and is not there');
  }

  /** Asks for something that takes long, and hears what the engine tells until it is done. */
  async #follow(
    subject: string,
    start: Opening,
    { deadlineMs, silenceMs = deadlineMs, onLine }: Following,
  ): Promise<void> {
    const question: Question<void> = async (docker) => {
      using patience = new Patience(this.#clock, silenceMs, () => silent(subject, silenceMs));
      const heard = (line: string) => {
        patience.renew();
        onLine(line);
      };
      const following = start(docker).then((answer) => readMessages(answer, subject, heard));
      await Promise.race([following, patience.over]);
    };
    await this.#connection.ask(subject, question, deadlineMs);
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof RuntimeError && (error.code === 'not-found' || error.code === 'image-missing');

/** The name may have a colon of its own, before the port of a registry. */
function nameAndVersion(tag: string): readonly [name: string, version: string] {
  const [, name = tag, version = 'latest'] = /^(.+):([^:/]+)$/.exec(tag) ?? [];
  return [name, version];
}

function stored(tag: string, labels: Labels | null, bytes: number): StoredImage {
  return { tag, labels: labels ?? {}, sizeMiB: Math.round(bytes / MIB) };
}

function silent(subject: string, ms: number): RuntimeError {
  const text = `Docker told nothing about ${subject} for ${ms / 1_000} s.`;
  return new RuntimeError('timed-out', text, subject);
}

function read<T>(schema: Type.TSchema, answer: unknown, subject: string): T {
  const parsed = parse<T>(schema, answer);
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.problems;
  throw brokenAnswer(subject, `${problem?.path || 'all of it'} should be ${problem?.expected}`);
}
