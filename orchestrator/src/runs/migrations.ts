/** One step from a schema to the next; steps are never changed once released, only added. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'runs',
    sql: `
      CREATE TABLE run (
        id            TEXT PRIMARY KEY,
        saved_at_ms   INTEGER NOT NULL,
        player        TEXT,
        scenario_id   TEXT NOT NULL,
        scenario_hash TEXT NOT NULL,
        title         TEXT NOT NULL,
        seed          INTEGER NOT NULL,
        ruleset       TEXT NOT NULL,
        end_ms        REAL NOT NULL,
        verification  TEXT NOT NULL,
        ending        TEXT,
        points        REAL,
        served        INTEGER,
        content       TEXT NOT NULL,
        bytes         INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX run_by_time ON run (saved_at_ms DESC, id DESC);
      CREATE INDEX run_by_scenario ON run (scenario_id, saved_at_ms DESC, id DESC);
      CREATE INDEX run_by_points ON run (scenario_id, scenario_hash, ruleset, points DESC, served DESC)
        WHERE ending = 'won';`,
  },
];
