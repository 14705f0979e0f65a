import {
  ClassIdSchema,
  RequestClassSchema,
  ScenarioSchema,
  TopologySchema,
} from '@project-devops/simulation/protocol';
import Type from 'typebox';

const closed = { additionalProperties: false };
const text = Type.String();
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const DoctorReportSchema = Type.Object(
  {
    ready: Type.Boolean({ description: 'whether real mode can start; warnings are allowed' }),
    checks: Type.Array(
      Type.Object(
        {
          id: text,
          status: Type.Enum(['ok', 'warning', 'missing']),
          found: text,
          remedy: orNull(Type.Object({ text, command: orNull(text) }, closed)),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** What is to run, before it does. */
export const OutlookRequestSchema = Type.Object(
  {
    topology: TopologySchema,
    classes: Type.Record(ClassIdSchema, RequestClassSchema, { maxProperties: 32, ...closed }),
    data: ScenarioSchema.properties.data,
    scale: Type.Integer({ minimum: 1, maximum: 64 }),
  },
  closed,
);

export const OutlookSchema = Type.Object(
  {
    containers: Type.Integer(),
    cpuMillicores: Type.Number(),
    memoryMiB: Type.Number(),
    hostCores: Type.Number(),
    scale: Type.Integer(),
    missingImages: Type.Array(Type.Object({ image: text, expectedSeconds: Type.Number() }, closed)),
    overcommitted: Type.Boolean({ description: 'the limits together exceed the machine' }),
  },
  closed,
);

/** A node's id or a role of ours, such as `_prometheus` or `_k6-2`. */
export const ContainerParamsSchema = Type.Object(
  { node: Type.String({ pattern: '^_?[a-z][a-z0-9-]{0,39}$', maxLength: 41 }) },
  closed,
);

export const LogQuerySchema = Type.Object(
  { lines: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 200 })) },
  closed,
);
export const LogSchema = Type.Object({ lines: Type.Array(text) }, closed);
