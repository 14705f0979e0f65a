import type { Readable } from 'node:stream';
import type { Labels } from './container-runtime.ts';

/** The port through which images come to the container engine. Failures are `RuntimeError`s. */
export interface ImageStore {
  /** Exact local tags with these labels, with the labels' values. */
  list(labels: Labels): Promise<readonly StoredImage[]>;
  find(tag: string): Promise<StoredImage | null>;
  /** Pulls `tag`; rejects when the registry does not answer within the deadline or refuses. */
  pull(tag: string, deadlineMs: number, onLine: (line: string) => void): Promise<void>;
  /** Builds from a tar stream that holds a Dockerfile; `onLine` hears the build's output. Rejects with the failing step's last lines. */
  build(context: Readable, spec: BuildSpec, onLine: (line: string) => void): Promise<StoredImage>;
  /** Makes an image of one layer from a root file system as tar. */
  importRoot(root: Readable, spec: ImportSpec): Promise<StoredImage>;
  remove(tag: string): Promise<void>;
}

export interface StoredImage {
  readonly tag: string;
  readonly labels: Labels;
  readonly sizeMiB: number;
}

export interface BuildSpec {
  readonly tag: string;
  readonly labels: Labels;
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  /** Ends the build before its next step. */
  readonly signal?: AbortSignal | undefined;
}

export interface ImportSpec {
  readonly tag: string;
  /** Dockerfile instructions, such as `CMD ["bash"]`. */
  readonly changes: readonly string[];
  readonly deadlineMs: number;
}
