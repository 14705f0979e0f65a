import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Run, Text } from '@project-devops/simulation/protocol';
import type {
  LeaderboardQuery,
  RunQuery,
  RunStore,
  RunSummary,
  SaveResult,
  StoreLimits,
  Verification,
} from './run-store.ts';
import { inTransaction } from './sqlite-database.ts';

const SUMMARY_COLUMNS =
  'id, saved_at_ms, player, scenario_id, scenario_hash, title, seed, ruleset, end_ms, verification';

type Row = Record<string, SQLOutputValue>;

/** Keeps runs in a database that `openDatabase` opened, and closes it with itself. */
export function createSqliteRunStore(database: DatabaseSync, limits: StoreLimits): RunStore {
  const insert = database.prepare(
    `INSERT INTO run (${SUMMARY_COLUMNS}, ending, points, served, content, bytes)
     VALUES (:id, :savedAtMs, :player, :scenarioId, :scenarioHash, :title, :seed, :ruleset, :endMs,
             :verification, :ending, :points, :served, :content, :bytes)`,
  );
  const byId = database.prepare(`SELECT ${SUMMARY_COLUMNS} FROM run WHERE id = ?`);
  const contentById = database.prepare('SELECT content FROM run WHERE id = ?');
  const page = database.prepare(
    `SELECT ${SUMMARY_COLUMNS} FROM run
     WHERE (:scenarioId IS NULL OR scenario_id = :scenarioId)
       AND (:afterMs IS NULL OR (saved_at_ms, id) < (:afterMs, :afterId))
     ORDER BY saved_at_ms DESC, id DESC LIMIT :limit`,
  );
  const winners = database.prepare(
    `SELECT ${SUMMARY_COLUMNS} FROM run
     WHERE ending = 'won' AND scenario_id = :scenarioId AND scenario_hash = :scenarioHash
       AND ruleset = :ruleset
     ORDER BY points DESC, served DESC, saved_at_ms, id LIMIT :limit`,
  );
  const deletion = database.prepare('DELETE FROM run WHERE id = ?');
  const usage = database.prepare(
    'SELECT count(*) AS runs, coalesce(sum(bytes), 0) AS bytes FROM run',
  );

  function insertOnce(summary: RunSummary, run: Run): SaveResult {
    if (byId.get(summary.id) !== undefined) return 'exists';
    const content = JSON.stringify(run);
    const bytes = Buffer.byteLength(content);
    const used = usage.get() as { runs: number; bytes: number };
    if (used.runs >= limits.maxRuns || used.bytes + bytes > limits.maxBytes) return 'full';
    insert.run({ ...summaryValues(summary), content, bytes });
    return 'created';
  }

  return {
    save: async (summary, run) => inTransaction(database, () => insertOnce(summary, run)),
    summary: async (id) => summaryOf(byId.get(id)),
    run: async (id) => {
      const row = contentById.get(id);
      return row === undefined ? null : (JSON.parse(String(row.content)) as Run);
    },
    list: async (query) => page.all(pageValues(query)).map(toSummary),
    best: async (query: LeaderboardQuery) => winners.all({ ...query }).map(toSummary),
    remove: async (id) => deletion.run(id).changes === 1,
    isReady: async () => database.isOpen && usage.get() !== undefined,
    close: async () => database.close(),
  };
}

function pageValues({ limit, scenarioId, after }: RunQuery): Record<string, SQLInputValue> {
  return {
    limit,
    scenarioId: scenarioId ?? null,
    afterMs: after?.savedAtMs ?? null,
    afterId: after?.id ?? null,
  };
}

function summaryValues(summary: RunSummary): Record<string, SQLInputValue> {
  const { verification, title, ...plain } = summary;
  const outcome = verification.state === 'verified' ? verification.outcome : null;
  return {
    ...plain,
    title: JSON.stringify(title),
    verification: JSON.stringify(verification),
    ending: outcome?.ending ?? null,
    points: outcome?.points ?? null,
    served: outcome?.served ?? null,
  };
}

function summaryOf(row: Row | undefined): RunSummary | null {
  return row === undefined ? null : toSummary(row);
}

function toSummary(row: Row): RunSummary {
  return {
    id: String(row.id),
    savedAtMs: Number(row.saved_at_ms),
    player: row.player === null ? null : String(row.player),
    scenarioId: String(row.scenario_id),
    scenarioHash: String(row.scenario_hash),
    title: JSON.parse(String(row.title)) as Text,
    seed: Number(row.seed),
    ruleset: String(row.ruleset),
    endMs: Number(row.end_ms),
    verification: JSON.parse(String(row.verification)) as Verification,
  };
}
