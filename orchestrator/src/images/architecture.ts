/** Processors that containers can have here, in the words of Node's packages and of Go. */
export type Architecture = 'x64' | 'arm64';

export const GO_ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' } as const satisfies Record<
  Architecture,
  string
>;

/** The processor of this machine's containers. Throws for one that no image is made for. */
export function architectureOf(name: string = process.arch): Architecture {
  if (name === 'x64' || name === 'arm64') return name;
  throw new Error(`Real mode runs on x64 and arm64 processors; this machine's is ${name}.`);
}
