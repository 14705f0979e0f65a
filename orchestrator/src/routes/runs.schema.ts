import {
  ClassIdSchema,
  type Ending,
  type Rank,
  type Run,
  RunSchema,
  TextSchema,
} from '@project-devops/simulation/protocol';
import Type, { type Static } from 'typebox';
import { RUN_ID_PATTERN } from '../runs/content-hash.ts';

const closed = { additionalProperties: false };
const RANKS = ['S', 'A', 'B', 'C', 'D', 'F'] as const satisfies readonly Rank[];
const ENDINGS = ['won', 'service-down', 'bankrupt'] as const satisfies readonly Ending[];

export const RunIdSchema = Type.String({
  pattern: RUN_ID_PATTERN,
  description: "32 hex digits, made from the run's content",
});

/** The name shown on leaderboards: plain text, up to 24 characters, no control or invisible characters. */
export const PlayerSchema = Type.String({
  pattern: '^(?! )[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]{1,24}(?<! )$',
  description: '1 to 24 letters, digits, signs and inner spaces of any language',
});

const TimeSchema = Type.String({ description: 'date and time as in RFC 3339, UTC' });
export const RankSchema = Type.Enum([...RANKS]);
export const PointsSchema = Type.Number({ description: '0 to 100' });
export const ServedSchema = Type.Integer({ description: 'requests served' });

export const SaveRunSchema = Type.Object(
  { player: Type.Optional(PlayerSchema), run: Type.Unsafe<Run>(RunSchema) },
  closed,
);

const OutcomeSchema = Type.Object(
  {
    ending: Type.Enum([...ENDINGS]),
    rank: RankSchema,
    points: PointsSchema,
    served: ServedSchema,
    maxThroughputPerSecond: Type.Number(),
    maxUsers: Type.Number(),
    uptimeRatio: Type.Number(),
  },
  closed,
);

const VerificationSchema = Type.Union([
  Type.Object(
    {
      state: Type.Literal('verified'),
      outcome: Type.Union([OutcomeSchema, Type.Null({ description: 'the stage was not over' })]),
    },
    closed,
  ),
  Type.Object({ state: Type.Literal('unverified'), reason: Type.Literal('other-ruleset') }, closed),
]);

const summaryProperties = {
  id: RunIdSchema,
  savedAt: TimeSchema,
  player: Type.Union([Type.String(), Type.Null()]),
  scenario: Type.Object(
    {
      id: ClassIdSchema,
      title: TextSchema,
      builtIn: Type.Boolean({
        description: 'the same in every part as the scenario of that id here',
      }),
    },
    closed,
  ),
  seed: Type.Integer(),
  ruleset: Type.String(),
  endMs: Type.Number({ description: 'how far it was played' }),
  verification: VerificationSchema,
};

export const RunSummarySchema = Type.Object(summaryProperties, closed);
export type RunSummaryResource = Static<typeof RunSummarySchema>;

export const StoredRunSchema = Type.Object(
  { ...summaryProperties, run: Type.Unsafe<Run>(RunSchema) },
  closed,
);

export const RunPageSchema = Type.Object(
  {
    items: Type.Array(RunSummarySchema),
    nextCursor: Type.Union([Type.String(), Type.Null()], {
      description: 'for the query parameter `cursor`; null on the last page',
    }),
  },
  closed,
);

export const DEFAULT_LIMIT = 20;
export const LimitSchema = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_LIMIT }),
);

export const RunQuerySchema = Type.Object(
  {
    scenario: Type.Optional(ClassIdSchema),
    limit: LimitSchema,
    cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}-[0-9a-f]{32}$' })),
  },
  closed,
);

export const LeaderboardSchema = Type.Object(
  {
    scenario: ClassIdSchema,
    ruleset: Type.String(),
    items: Type.Array(
      Type.Object(
        {
          place: Type.Integer({ minimum: 1 }),
          runId: RunIdSchema,
          player: Type.Union([Type.String(), Type.Null()]),
          savedAt: TimeSchema,
          points: PointsSchema,
          rank: RankSchema,
          served: ServedSchema,
        },
        closed,
      ),
    ),
  },
  closed,
);
