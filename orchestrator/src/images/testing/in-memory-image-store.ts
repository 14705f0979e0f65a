import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { type Labels, RuntimeError } from '../../runtimes/container-runtime.ts';
import type { BuildSpec, ImageStore, ImportSpec, StoredImage } from '../../runtimes/image-store.ts';
import { hasLabels } from '../../runtimes/labels.ts';

/** What happens when an image is built: lines to tell, and a failure or none. */
export type Script = (spec: BuildSpec) => {
  readonly lines?: readonly string[];
  readonly failure?: RuntimeError;
  /** The build goes on until this resolves. */
  readonly until?: Promise<unknown>;
};

/** A store whose registry and builds do as told; keeps what was built, in order, with its files. */
export class InMemoryImageStore implements ImageStore {
  readonly images = new Map<string, StoredImage>();
  readonly builds: { tag: string; arguments: BuildSpec['buildArguments']; files: string[] }[] = [];
  readonly pulled: string[] = [];
  /** Tags that the registry has. */
  published: readonly string[] = [];
  /** Tags that containers use. */
  used: readonly string[] = [];
  script: Script = () => ({});

  add(tag: string, labels: Labels = {}): StoredImage {
    const image = { tag, labels, sizeMiB: 1 };
    this.images.set(tag, image);
    return image;
  }

  async list(labels: Labels): Promise<readonly StoredImage[]> {
    return [...this.images.values()].filter((image) => hasLabels(image.labels, labels));
  }

  async find(tag: string): Promise<StoredImage | null> {
    return this.images.get(tag) ?? null;
  }

  async pull(tag: string): Promise<void> {
    this.pulled.push(tag);
    if (!this.published.includes(tag)) throw new RuntimeError('refused', 'no registry', tag);
    this.add(tag);
  }

  async build(
    context: Readable,
    spec: BuildSpec,
    onLine: (line: string) => void,
  ): Promise<StoredImage> {
    this.builds.push({
      tag: spec.tag,
      arguments: spec.buildArguments,
      files: await namesIn(context),
    });
    const { lines = [], failure, until } = this.script(spec);
    for (const line of lines) onLine(line);
    await until;
    if (failure !== undefined) throw failure;
    return this.add(spec.tag, spec.labels);
  }

  async importRoot(root: Readable, { tag }: ImportSpec): Promise<StoredImage> {
    await buffer(root);
    return this.add(tag);
  }

  async remove(tag: string): Promise<void> {
    if (this.used.includes(tag)) throw new RuntimeError('conflict', 'in use', tag);
    this.images.delete(tag);
  }
}

async function namesIn(context: Readable): Promise<string[]> {
  const names: string[] = [];
  const files = context.pipe(extract());
  for await (const entry of files) {
    names.push(entry.header.name);
    entry.resume();
  }
  return names;
}
