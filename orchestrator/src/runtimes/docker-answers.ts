import { parse } from '@project-devops/simulation/protocol';
import type { TSchema } from 'typebox';
import * as Type from 'typebox';
import type { ContainerPhase, ContainerState, NetworkState } from './container-runtime.ts';
import { brokenAnswer } from './docker-errors.ts';

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const LabelsSchema = orNull(Type.Record(Type.String(), Type.String()));
const BindingSchema = Type.Object({ HostPort: Type.String() });

const ContainerSchema = Type.Object({
  Id: Type.String(),
  Name: Type.String(),
  Config: Type.Object({ Image: Type.String(), Labels: LabelsSchema }),
  State: Type.Object({
    Status: Type.String(),
    ExitCode: Type.Integer(),
    OOMKilled: Type.Boolean(),
    Health: Type.Optional(orNull(Type.Object({ Status: Type.String() }))),
  }),
  HostConfig: Type.Object({
    Memory: Type.Integer(),
    NanoCpus: Type.Integer(),
    CpuQuota: Type.Integer(),
    CpuPeriod: Type.Integer(),
  }),
  NetworkSettings: Type.Object({
    Ports: orNull(Type.Record(Type.String(), orNull(Type.Array(BindingSchema)))),
  }),
});
type ContainerAnswer = Type.Static<typeof ContainerSchema>;

const NetworkSchema = Type.Object({
  Id: Type.String(),
  Name: Type.String(),
  Labels: LabelsSchema,
});
const NetworksSchema = Type.Array(NetworkSchema);
const IdSchema = Type.Object({ Id: Type.String({ minLength: 1 }) });
const IdsSchema = Type.Array(IdSchema);
const HostSchema = Type.Object({
  NCPU: Type.Integer(),
  MemTotal: Type.Integer(),
  CgroupVersion: Type.Optional(Type.String()),
  CpuCfsQuota: Type.Boolean(),
  MemoryLimit: Type.Boolean(),
  PidsLimit: Type.Optional(Type.Boolean()),
  DockerRootDir: Type.String(),
});
const VersionSchema = Type.Object({ Version: Type.String(), ApiVersion: Type.String() });
const ExecSchema = Type.Object({
  Running: Type.Boolean(),
  ExitCode: orNull(Type.Integer()),
});

const MIB = 1_048_576;
const PHASES: Readonly<Record<string, ContainerPhase>> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
};

/** A container as Docker's inspection tells it. */
export function readContainer(answer: unknown, subject: string): ContainerState {
  const { Id, Name, Config, State, HostConfig, NetworkSettings } = read<ContainerAnswer>(
    ContainerSchema,
    answer,
    subject,
  );
  const phase = PHASES[State.Status] ?? 'exited';
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    image: Config.Image,
    labels: Config.Labels ?? {},
    phase,
    health: healthOf(State.Health?.Status),
    exitCode: phase === 'exited' ? State.ExitCode : null,
    outOfMemory: State.OOMKilled,
    published: portsOf(NetworkSettings.Ports ?? {}),
    cpuMillicores: millicoresOf(HostConfig),
    memoryMiB: Math.round(HostConfig.Memory / MIB),
  };
}

/** The networks in an answer of the engine; throws when it has another form, as the readers below do. */
export function readNetworks(answer: unknown): readonly NetworkState[] {
  const networks = read<Type.Static<typeof NetworksSchema>>(NetworksSchema, answer, 'networks');
  return networks.map(({ Id, Name, Labels }) => ({ id: Id, name: Name, labels: Labels ?? {} }));
}

/** The id of what Docker has made. */
export function readId(answer: unknown, subject: string): string {
  return read<Type.Static<typeof IdSchema>>(IdSchema, answer, subject).Id;
}

/** Ids in a list of `subject`s. */
export function readIds(answer: unknown, subject: string): readonly string[] {
  return read<Type.Static<typeof IdsSchema>>(IdsSchema, answer, subject).map(({ Id }) => Id);
}

/** What the engine says of its machine. */
export function readHost(answer: unknown) {
  return read<Type.Static<typeof HostSchema>>(HostSchema, answer, 'the engine');
}

/** Versions of the engine and of its interface. */
export function readVersion(answer: unknown) {
  return read<Type.Static<typeof VersionSchema>>(VersionSchema, answer, 'the engine');
}

/** The exit code of a program that ran inside; null while it runs. */
export function readExitCode(answer: unknown, subject: string): number | null {
  const { Running, ExitCode } = read<Type.Static<typeof ExecSchema>>(ExecSchema, answer, subject);
  return Running ? null : ExitCode;
}

function read<T>(schema: TSchema, answer: unknown, subject: string): T {
  const parsed = parse<T>(schema, answer);
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.problems;
  throw brokenAnswer(subject, `${problem?.path || 'all of it'} should be ${problem?.expected}`);
}

function healthOf(status: string | undefined): ContainerState['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : null;
}

function portsOf(bindings: Record<string, { HostPort: string }[] | null>) {
  const ports: Record<number, number> = {};
  for (const [port, hosts] of Object.entries(bindings)) {
    const [first] = hosts ?? [];
    if (first !== undefined) ports[Number.parseInt(port, 10)] = Number(first.HostPort);
  }
  return ports;
}

function millicoresOf({ NanoCpus, CpuQuota, CpuPeriod }: ContainerAnswer['HostConfig']): number {
  if (NanoCpus > 0) return Math.round(NanoCpus / 1e6);
  return CpuQuota > 0 ? Math.round((CpuQuota * 1_000) / (CpuPeriod || 100_000)) : 0;
}
